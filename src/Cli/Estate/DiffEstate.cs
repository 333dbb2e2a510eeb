using JadaStore.Cli.Output;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Estate;

/// <summary>
/// Changes for a person: a line for each resource of a service that says what of it changed, a letter and a path for
/// all else.
/// </summary>
/// <remarks>Changes come in path order, so those of one resource follow each other; only one is held at a
/// time.</remarks>
internal sealed class DiffEstate(
    TextWriter output, DiffNaming names, EstateRoots roots, EstateSides sides, Documents documents) : DiffOutput
{
    private readonly DiffNames _names = new(output, names, summary: true);
    private ResourceChanges? _open;

    /// <inheritdoc/>
    public override async Task AddAsync(Change change, CancellationToken cancellationToken)
    {
        ResourcePath? path = roots.ResourceOf(change.Path);
        if (_open is not null && path?.Place != _open.Resource.Place)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        bool isFolder = (change.New ?? change.Old)?.Kind == EntryKind.Folder;
        if (path is null || names.NotTakenIn(change.Kind) is not null || change.Kind is ChangeKind.Unknown or ChangeKind.Metadata
            || (isFolder && path.ContentFolder is null))
        {
            await _names.AddAsync(change, cancellationToken).ConfigureAwait(false);
        }
        else if (RecordSet.Of(path) is { } record)
        {
            await WriteAsync(path, record, change, cancellationToken).ConfigureAwait(false);
        }
        else if (!isFolder)
        {
            _open ??= new ResourceChanges(path);
            _open.Add(path, change.Kind, path.IsDocument
                ? await documents.CompareAsync(change, cancellationToken).ConfigureAwait(false) : null);
        }
    }

    /// <inheritdoc/>
    public override async Task EndAsync(DiffSummary summary)
    {
        await FlushAsync(CancellationToken.None).ConfigureAwait(false);
        await _names.EndAsync(summary).ConfigureAwait(false);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_open is not { } changes)
        {
            return;
        }

        _open = null;
        ResourcePath resource = changes.Resource;
        string sign = changes.AllAdded && (changes.HasDescription
                || !await sides.WasThereAsync(resource, cancellationToken).ConfigureAwait(false)) ? "+"
            : changes.AllRemoved && (changes.HasDescription
                || !await sides.IsThereAsync(resource, cancellationToken).ConfigureAwait(false)) ? "-"
            : "";
        bool withRegion = await NeedsRegionAsync(resource, cancellationToken).ConfigureAwait(false);
        await output.WriteLineAsync(ResourceLine.Of(sign, resource, withRegion, changes.Parts(sign.Length > 0)))
            .ConfigureAwait(false);
    }

    private async Task WriteAsync(
        ResourcePath path, RecordSet record, Change change, CancellationToken cancellationToken)
    {
        string sign = "";
        IReadOnlyList<string> parts;
        if (change.Kind == ChangeKind.Modified)
        {
            DocumentDifference? difference =
                await documents.CompareAsync(change, cancellationToken).ConfigureAwait(false);
            parts = difference is null ? ["changed"] : RecordSet.Parts(difference);
        }
        else
        {
            (sign, Entry? entry) = change.Kind == ChangeKind.Added ? ("+", change.New) : ("-", change.Old);
            IReadOnlyList<string> answers = RecordSet.AnswersOf(
                await documents.ReadAsync(entry, cancellationToken).ConfigureAwait(false));
            parts = answers.Count == 0 ? [] : [MemberText.Cut(string.Join(", ", answers))];
        }

        string what = $"{record.Type} {record.Name}" + (parts.Count == 0 ? "" : "  " + string.Join(", ", parts));
        await output.WriteLineAsync(ResourceLine.Of(sign, path, withRegion: false, what)).ConfigureAwait(false);
    }

    private Task<bool> NeedsRegionAsync(ResourcePath resource, CancellationToken cancellationToken) =>
        resource.Region is null ? Task.FromResult(false) : sides.IsInRegionsAsync(resource.Root, cancellationToken);
}
