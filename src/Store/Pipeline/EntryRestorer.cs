using System.Collections.Concurrent;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Pipeline;

/// <summary>Decides and does what one entry needs. Safe to use from several threads, for different paths.</summary>
internal sealed class EntryRestorer(
    RestoreRequest request, IRestoreTarget target, ContentCopier copier, RestoreTally tally)
{
    // Paths that do not hold what the snapshot says: nothing may be linked to them.
    private readonly ConcurrentDictionary<EntryPath, bool> _unfit = new();

    /// <summary>Makes a folder now.</summary>
    /// <returns>What was done, for <see cref="FinishFolderAsync"/> once all below it stands; null when there is nothing
    /// to finish.</returns>
    public async Task<RestoreActionKind?> MakeFolderAsync(
        EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        RestoreActionKind? done = null;
        await tally.GuardAsync(path, async () =>
        {
            TargetState state = await target.InspectAsync(path, entry, cancellationToken).ConfigureAwait(false);
            RestoreActionKind action = Decide(state, entry);
            if (action is RestoreActionKind.Create or RestoreActionKind.Overwrite && !request.DryRun)
            {
                await target.MakeAsync(path, entry, cancellationToken).ConfigureAwait(false);
            }

            bool isLeft = action == RestoreActionKind.Keep
                || (state == TargetState.AttributesDiffer && request.Overwrite == Overwrite.Never);
            done = isLeft || request.DryRun ? null : action;
            tally.Did(action, path, entry);
        }).ConfigureAwait(false);
        return done;
    }

    /// <summary>
    /// Sets a folder's attributes. One that was right is looked at again: making something in it changed its times.
    /// </summary>
    public Task FinishFolderAsync(EntryPath path, Entry entry, RestoreActionKind done, CancellationToken cancellationToken) =>
        tally.GuardAsync(path, async () =>
        {
            if (done != RestoreActionKind.Same
                || await target.InspectAsync(path, entry, cancellationToken).ConfigureAwait(false) != TargetState.Same)
            {
                await target.SetAttributesAsync(path, entry, cancellationToken).ConfigureAwait(false);
            }
        });

    /// <summary>Brings back a file, a link, a pipe, a device.</summary>
    public async Task RestoreAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        bool done = await tally.GuardAsync(path, async () =>
        {
            CheckWasCaptured(entry);
            RestoreActionKind action = await DecideAsync(path, entry, cancellationToken).ConfigureAwait(false);
            if (!request.DryRun)
            {
                await DoAsync(action, path, entry, cancellationToken).ConfigureAwait(false);
            }

            tally.Did(action, path, entry);
            if (action == RestoreActionKind.Keep)
            {
                _unfit[path] = true;
            }
        }).ConfigureAwait(false);
        if (!done)
        {
            _unfit[path] = true;
        }
    }

    /// <summary>Makes a hard link to what was restored before; a file of its own where that failed.</summary>
    public async Task LinkAsync(EntryPath path, EntryPath first, Entry entry, CancellationToken cancellationToken)
    {
        if (_unfit.ContainsKey(first))
        {
            await RestoreAsync(path, entry, cancellationToken).ConfigureAwait(false);
            return;
        }

        await tally.GuardAsync(path, async () =>
        {
            CheckWasCaptured(entry);
            RestoreActionKind action = await DecideAsync(path, entry, cancellationToken).ConfigureAwait(false);
            if (action is not (RestoreActionKind.Keep or RestoreActionKind.Same) && !request.DryRun)
            {
                await target.LinkAsync(path, first, entry, cancellationToken).ConfigureAwait(false);
            }

            tally.Did(action, path, entry);
        }).ConfigureAwait(false);
    }

    private static void CheckWasCaptured(Entry entry)
    {
        if (entry.Kind == EntryKind.File && entry.Digest is null)
        {
            throw new IOException($"was not captured: {entry.Problem}");
        }
    }

    private async ValueTask<RestoreActionKind> DecideAsync(EntryPath path, Entry entry, CancellationToken cancellationToken) =>
        Decide(await target.InspectAsync(path, entry, cancellationToken).ConfigureAwait(false), entry);

    private RestoreActionKind Decide(TargetState state, Entry entry) => (state, request.Overwrite) switch
    {
        (TargetState.Absent, _) => RestoreActionKind.Create,
        (_, Overwrite.Always) => RestoreActionKind.Overwrite,
        (TargetState.Same, _) => RestoreActionKind.Same,
        (_, Overwrite.Never) => entry.Kind == EntryKind.Folder && state == TargetState.AttributesDiffer
            ? RestoreActionKind.Same : RestoreActionKind.Keep,
        (TargetState.AttributesDiffer, _) => RestoreActionKind.SetAttributes,
        (TargetState.Differs, _) => RestoreActionKind.Overwrite,
    };

    private async ValueTask DoAsync(
        RestoreActionKind action, EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case RestoreActionKind.Create or RestoreActionKind.Overwrite when entry.Kind == EntryKind.File:
                await WriteFileAsync(path, entry, cancellationToken).ConfigureAwait(false);
                break;
            case RestoreActionKind.Create or RestoreActionKind.Overwrite:
                await target.MakeAsync(path, entry, cancellationToken).ConfigureAwait(false);
                break;
            case RestoreActionKind.SetAttributes:
                await target.SetAttributesAsync(path, entry, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask WriteFileAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            await WriteFileOnceAsync(path, entry, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsDamage)
        {
            if (!await copier.MendAsync(cancellationToken).ConfigureAwait(false))
            {
                throw;
            }

            await WriteFileOnceAsync(path, entry, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteFileOnceAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        IRestoreWriter writer = await target.CreateFileAsync(path, entry, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            await copier.CopyAsync(entry, writer, isFinal: false, cancellationToken).ConfigureAwait(false);
            await writer.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
