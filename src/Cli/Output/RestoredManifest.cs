using System.Text;
using JadaStore.Store;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>A snapshot's <c>MANIFEST.md</c> beside what a whole restore brought back.</summary>
/// <remarks>No entry of the snapshot: what is counted is only that something else was left in its place.</remarks>
internal static class RestoredManifest
{
    /// <summary>Writes it, or says in a dry run what would be done.</summary>
    /// <param name="report">Of the restore.</param>
    /// <param name="request">What was asked for: what may be overwritten, who is told of a dry run.</param>
    /// <param name="target">A folder; nothing is done where the snapshot has something of that name.</param>
    /// <param name="cancellationToken">Stops before it is there.</param>
    /// <returns>The report, with what went wrong.</returns>
    public static async Task<RestoreReport> AddAsync(
        RestoreReport report, RestoreRequest request, IRestoreTarget target, CancellationToken cancellationToken)
    {
        // Some file systems take names for equal that differ in case alone.
        if (request.Snapshot.Record.Sources.Any(source =>
            source.Root.Split('/')[0].Equals(Manifest.FileName, StringComparison.OrdinalIgnoreCase)))
        {
            return report;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(Manifest.Of(request.Snapshot));
        var path = new EntryPath(Manifest.FileName);
        var entry = new Entry
        {
            Path = path,
            Kind = EntryKind.File,
            Size = bytes.Length,
            ModifiedTime = FileTime.From(request.Snapshot.Record.Time),
            Digest = Blake3.Hash(bytes),
        };
        try
        {
            TargetState state = await target.InspectAsync(path, entry, cancellationToken).ConfigureAwait(false);
            RestoreActionKind action = Decide(state, request.Overwrite);
            if (request.DryRun)
            {
                request.OnAction?.Invoke(new RestoreAction(action, path, entry));
            }
            else if (action is RestoreActionKind.Create or RestoreActionKind.Overwrite)
            {
                await WriteAsync(target, path, entry, bytes, cancellationToken).ConfigureAwait(false);
            }

            return action == RestoreActionKind.Keep ? report with { Kept = report.Kept + 1 } : report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return report with { Errors = [.. report.Errors, new SourceError(Manifest.FileName, e.Message)] };
        }
    }

    private static RestoreActionKind Decide(TargetState state, Overwrite overwrite) => (state, overwrite) switch
    {
        (TargetState.Absent, _) => RestoreActionKind.Create,
        (_, Overwrite.Always) => RestoreActionKind.Overwrite,
        (TargetState.Same or TargetState.AttributesDiffer, _) => RestoreActionKind.Same,
        (TargetState.Differs, Overwrite.Changed) => RestoreActionKind.Overwrite,
        (TargetState.Differs, Overwrite.Never) => RestoreActionKind.Keep,
    };

    private static async Task WriteAsync(
        IRestoreTarget target, EntryPath path, Entry entry, byte[] bytes, CancellationToken cancellationToken)
    {
        IRestoreWriter writer = await target.CreateFileAsync(path, entry, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
