using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Store;

/// <summary>The one door: a repository that is open.</summary>
/// <remarks>
/// Every method may throw <see cref="StoreException"/> and <see cref="OperationCanceledException"/>. Safe to use from
/// several
/// threads, but <see cref="RebuildCatalogAsync"/>, which wants to be alone.
/// </remarks>
public sealed class Repository : IAsyncDisposable
{
    private readonly RepositoryParts _parts;
    private readonly Keyring _keys;
    private readonly PathResolver _resolver;

    internal Repository(string location, RepositoryParts parts, Keyring keys)
    {
        Location = location;
        _parts = parts;
        _keys = keys;
        _resolver = new PathResolver(parts.Trees);
    }

    /// <summary>The folder that it lies in, as a full path.</summary>
    public string Location { get; }

    /// <summary>What it is made of, for tests.</summary>
    internal RepositoryParts Parts => _parts;

    /// <summary>32 hex digits that no other repository has.</summary>
    public string Id => _parts.Config.RepositoryId.ToString();

    /// <summary>Whether a password is needed to open it.</summary>
    public bool HasPassword => !_keys.Current.IsOpen;

    /// <summary>
    /// What was found damaged on the way and left aside, a line each: snapshot records, footers of packs.
    /// </summary>
    public IReadOnlyList<string> Warnings =>
        [
            .. _parts.FromCopies,
            .. _parts.Records.Problems,
            .. _parts.Forgotten.Problems,
            .. _parts.Pins.Problems,
            .. _parts.Condemned.Problems.Select(line => $"{line} What it lists counts as stored again; `jstore repair` clears it away."),
            .. _parts.Index.Unreadable.Where(pack => !_parts.Index.Condemned.Contains(pack.Key))
                .Select(pack => $"pack {pack.Key}: {pack.Value}"),
            .. _parts.Index.Damage,
        ];

    /// <summary>Whether there is a repository at that place.</summary>
    public static bool Exists(string location) => RepositoryOpener.Exists(location);

    /// <summary>Makes a repository.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.RepositoryExists"/>, or <see cref="StoreFault.Refused"/>
    /// when the folder holds something else.</exception>
    public static Task<Repository> CreateAsync(string location, CreateOptions options, CancellationToken cancellationToken) =>
        RepositoryOpener.CreateAsync(location, options, cancellationToken);

    /// <summary>Opens a repository.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NoRepository"/>, <see cref="StoreFault.WrongPassword"/>,
    /// <see cref="StoreFault.NewerFormat"/>, <see cref="StoreFault.Corrupt"/>.</exception>
    public static Task<Repository> OpenAsync(string location, OpenOptions options, CancellationToken cancellationToken) =>
        RepositoryOpener.OpenAsync(location, options, cancellationToken);

    /// <summary>Takes a snapshot of the sources; what could not be read is in its record, not an exception.</summary>
    public Task<Snapshot> SnapshotAsync(
        SnapshotRequest request, IProgress<SnapshotProgress>? progress, CancellationToken cancellationToken) =>
        new SnapshotWriter(_parts).WriteAsync(request, progress, cancellationToken);

    /// <summary>All snapshots, oldest first.</summary>
    public Task<IReadOnlyList<Snapshot>> ListAsync(CancellationToken cancellationToken) =>
        _parts.Records.ListAsync(cancellationToken);

    /// <summary>
    /// The snapshot that is meant: a name, an id's first digits, <c>latest</c>, each with <c>~N</c> for the N-th before
    /// it.
    /// </summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>,
    /// <see cref="StoreFault.Ambiguous"/>.</exception>
    public async Task<Snapshot> FindSnapshotAsync(string reference, CancellationToken cancellationToken) =>
        SnapshotNames.Find(reference, await ListAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Everything at or below the path, in path order.</summary>
    /// <param name="snapshot">From which snapshot.</param>
    /// <param name="path">As <c>--path</c> takes it; empty for all.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>,
    /// <see cref="StoreFault.Ambiguous"/>.</exception>
    public IAsyncEnumerable<Found> EntriesAsync(Snapshot snapshot, string path, CancellationToken cancellationToken) =>
        new Listing(_parts.Trees, _resolver).EntriesAsync(snapshot, path, cancellationToken);

    /// <summary>
    /// One level of what is at the path, as a listing of S3: a file itself, or a folder's files and folders.
    /// </summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>,
    /// <see cref="StoreFault.Ambiguous"/>.</exception>
    public IAsyncEnumerable<Found> LevelAsync(Snapshot snapshot, string path, CancellationToken cancellationToken) =>
        new Listing(_parts.Trees, _resolver).LevelAsync(snapshot, path, cancellationToken);

    /// <summary>What changed, in path order.</summary>
    /// <param name="older">The one side.</param>
    /// <param name="newer">The other side.</param>
    /// <param name="paths">Only at or below these; empty for all.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>: neither has such a path;
    /// <see cref="StoreFault.Ambiguous"/>.</exception>
    public IAsyncEnumerable<Change> DiffAsync(
        Snapshot older, Snapshot newer, IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        new SnapshotDiff(new Trees.TreeDiff(_parts.Pages), _parts.Trees, _resolver).CompareAsync(
            older, newer, paths, cancellationToken);

    /// <summary>Writes a file's content, each chunk checked before it goes out, and the whole at the end.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>; <see cref="StoreFault.Refused"/> when the
    /// entry has no content.</exception>
    public async Task CopyContentAsync(Entry entry, Stream target, CancellationToken cancellationToken) =>
        await _parts.Copier.CopyAsync(
            entry, new ContentStream(target), isFinal: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Brings files back.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>, <see cref="StoreFault.Ambiguous"/>: nothing
    /// was changed.</exception>
    public async Task<RestoreReport> RestoreAsync(
        RestoreRequest request, IRestoreTarget target, IProgress<RestoreProgress>? progress, CancellationToken cancellationToken)
    {
        using Session? reading =
            await SessionStart.TryBeginReadingAsync(_parts, "jstore restore", cancellationToken).ConfigureAwait(false);
        return await new Restorer(_resolver, _parts.Trees, _parts.Copier).RunAsync(
            request, target, progress, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Every version of a path, oldest first; snapshots without its source are passed over.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>: no snapshot has it.</exception>
    public async IAsyncEnumerable<PathVersion> LogAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<Snapshot> all = await ListAsync(cancellationToken).ConfigureAwait(false);
        await foreach (PathVersion version in new History(_parts.Trees, _resolver).LogAsync(
            all, path, cancellationToken).ConfigureAwait(false))
        {
            yield return version;
        }
    }

    /// <summary>
    /// Where paths match a glob (<c>*</c> within a segment, <c>**</c> across, <c>?</c>, <c>[a-z]</c>; one without
    /// <c>/</c> matches a name anywhere).
    /// </summary>
    /// <param name="glob">The glob.</param>
    /// <param name="snapshot">Only in this one; null for all, newest first.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async IAsyncEnumerable<Found> FindAsync(
        string glob, Snapshot? snapshot, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IEnumerable<Snapshot> snapshots = snapshot is not null
            ? [snapshot]
            : (await ListAsync(cancellationToken).ConfigureAwait(false)).Reverse();
        await foreach (Found found in new History(_parts.Trees, _resolver).FindAsync(
            snapshots, glob, cancellationToken).ConfigureAwait(false))
        {
            yield return found;
        }
    }

    /// <summary>Checks that everything that snapshots need is there, and as many bytes as asked for.</summary>
    public Task<VerifyReport> VerifyAsync(
        VerifyRequest request, IProgress<VerifyProgress>? progress, CancellationToken cancellationToken) =>
        new Verifier(_parts).RunAsync(request, progress, cancellationToken);

    /// <summary>
    /// Frees what no snapshot needs, in two phases with a time between in which it can be taken back.
    /// </summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: something that a snapshot needs is missing or
    /// damaged, so nothing is removed; <see cref="StoreFault.Locked"/>: another prune runs.</exception>
    public Task<PruneReport> PruneAsync(
        PruneRequest request, IProgress<PruneProgress>? progress, CancellationToken cancellationToken) =>
        new Prune.Pruner(_parts).RunAsync(request, progress, cancellationToken);

    /// <summary>
    /// Reads everything, puts right what can be put right from second copies, parity and what is sound, and notes what
    /// is lost.
    /// </summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Locked"/>: another repair, or a prune, runs.</exception>
    public Task<RepairReport> RepairAsync(
        RepairRequest request, IProgress<VerifyProgress>? progress, CancellationToken cancellationToken) =>
        new Repair.Repairer(_parts).RunAsync(request, progress, cancellationToken);

    /// <summary>
    /// Reads a share of what the sources list as unchanged once more, and compares it with a snapshot; nothing is
    /// written.
    /// </summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>: the snapshot has none of the sources;
    /// <see cref="StoreFault.SourceUnreachable"/>.</exception>
    public Task<VerifySourceReport> VerifySourceAsync(
        VerifySourceRequest request, IProgress<VerifySourceProgress>? progress, CancellationToken cancellationToken) =>
        new SourceVerifier(_parts).RunAsync(request, progress, cancellationToken);

    /// <summary>What <see cref="ForgetAsync"/> would do now, and why.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>, <see cref="StoreFault.Ambiguous"/>;
    /// <see cref="StoreFault.Refused"/>: one that is named is pinned, or the rules keep nothing at all.</exception>
    public Task<IReadOnlyList<ForgetDecision>> PlanForgetAsync(ForgetRequest request, CancellationToken cancellationToken) =>
        new Forgetter(_parts).PlanAsync(request, cancellationToken);

    /// <summary>Forgets snapshots: they are listed no longer, and can be brought back until a prune deletes
    /// them.</summary>
    /// <exception cref="StoreException">As <see cref="PlanForgetAsync"/>; then nothing was forgotten.</exception>
    public Task<IReadOnlyList<ForgetDecision>> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken) =>
        new Forgetter(_parts).RunAsync(request, cancellationToken);

    /// <summary>What <see cref="UndeleteAsync"/> can bring back, oldest first.</summary>
    public Task<IReadOnlyList<ForgottenSnapshot>> ForgottenAsync(CancellationToken cancellationToken) =>
        new Undeleter(_parts).ListAsync(cancellationToken);

    /// <summary>Brings forgotten snapshots back, after checking that all they need is there; all or none.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>, <see cref="StoreFault.Ambiguous"/>;
    /// <see cref="StoreFault.Refused"/>: a name is taken, or something is gone.</exception>
    public Task<IReadOnlyList<Snapshot>> UndeleteAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        new Undeleter(_parts).RunAsync(names, cancellationToken);

    /// <summary>The pins, also those of snapshots that are not there.</summary>
    public Task<IReadOnlyDictionary<SnapshotId, SnapshotPin>> PinsAsync(CancellationToken cancellationToken) =>
        _parts.Pins.ListAsync(cancellationToken);

    /// <summary>Pins a snapshot, so that it never goes.</summary>
    /// <returns>False when it was pinned already: then nothing is changed.</returns>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>: it was forgotten meanwhile.</exception>
    public Task<bool> PinAsync(Snapshot snapshot, string reason, CancellationToken cancellationToken) =>
        new Pinner(_parts).PinAsync(snapshot, reason, cancellationToken);

    /// <summary>Removes the pin of a snapshot.</summary>
    /// <returns>False when it was not pinned.</returns>
    public Task<bool> UnpinAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        new Pinner(_parts).UnpinAsync(snapshot, cancellationToken);

    /// <summary>How well it is kept: what is newest, in all and of each series of sources.</summary>
    public Task<RepositoryStatus> StatusAsync(CancellationToken cancellationToken) =>
        new Standing(_parts).LookAsync(cancellationToken);

    /// <summary>Sizes, in all and of each snapshot.</summary>
    public async Task<RepositoryStats> StatsAsync(CancellationToken cancellationToken)
    {
        await _parts.Index.EnsureAsync(cancellationToken).ConfigureAwait(false);
        return Statistics.Of(
            await ListAsync(cancellationToken).ConfigureAwait(false), _parts.Index.Summaries(), _parts.Index.Condemned);
    }

    /// <summary>Makes the catalog anew from packs and snapshot records.</summary>
    /// <remarks>Tells <see cref="OpenOptions.Rebuild"/> how far it is.</remarks>
    /// <returns>
    /// False when it cannot be written where it lies: then it is made anew by each process, in memory.
    /// </returns>
    public Task<bool> RebuildCatalogAsync(CancellationToken cancellationToken) =>
        _parts.Index.RebuildAsync(cancellationToken);

    /// <summary>All ways to open this repository.</summary>
    public Task<IReadOnlyList<KeyInfo>> KeysAsync(CancellationToken cancellationToken) =>
        _keys.ListAsync(cancellationToken);

    /// <summary>Adds a password; the first one closes a repository that was open to all.</summary>
    public async Task<KeyInfo> AddPasswordAsync(string password, string label, CancellationToken cancellationToken)
    {
        using FolderLock alone = await _parts.Locks.CommitAsync("jstore key", cancellationToken).ConfigureAwait(false);
        return await _keys.AddAsync(password, label, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a new password in place of the one that this session was opened with.</summary>
    public async Task<KeyInfo> ChangePasswordAsync(string password, CancellationToken cancellationToken)
    {
        using FolderLock alone = await _parts.Locks.CommitAsync("jstore key", cancellationToken).ConfigureAwait(false);
        return await _keys.ChangeAsync(password, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a key, but never the one that this session was opened with.</summary>
    /// <param name="id">Its id or the first digits of it.</param>
    /// <param name="cancellationToken">Stops before anything is removed.</param>
    public async Task RemoveKeyAsync(string id, CancellationToken cancellationToken)
    {
        // A repair beside it could take the key that goes for one whose second copy is lost.
        using FolderLock alone = await _parts.Locks.CommitAsync("jstore key", cancellationToken).ConfigureAwait(false);
        await _keys.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _parts.Dispose();
        return ValueTask.CompletedTask;
    }
}
