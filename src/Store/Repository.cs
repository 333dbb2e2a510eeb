using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store;

/// <summary>The one door: a repository that is open.</summary>
/// <remarks>Every method may throw <see cref="StoreException"/> and <see cref="OperationCanceledException"/>. Safe to use from several threads.</remarks>
public sealed class Repository : IAsyncDisposable
{
    private Repository(string location) => Location = location;

    /// <summary>The folder that it lies in, as a full path.</summary>
    public string Location { get; }

    /// <summary>32 hex digits that no other repository has.</summary>
    public string Id => throw new NotImplementedException();

    /// <summary>Whether a password is needed to open it.</summary>
    public bool HasPassword => throw new NotImplementedException();

    /// <summary>Whether there is a repository at that place.</summary>
    public static bool Exists(string location) => throw new NotImplementedException();

    /// <summary>Makes a repository.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.RepositoryExists"/>, or <see cref="StoreFault.Refused"/> when the folder holds something else.</exception>
    public static Task<Repository> CreateAsync(string location, CreateOptions options, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Opens a repository.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NoRepository"/>, <see cref="StoreFault.WrongPassword"/>, <see cref="StoreFault.NewerFormat"/>, <see cref="StoreFault.Corrupt"/>.</exception>
    public static Task<Repository> OpenAsync(string location, OpenOptions options, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Takes a snapshot of the sources; what could not be read is in its record, not an exception.</summary>
    public Task<Snapshot> SnapshotAsync(
        SnapshotRequest request, IProgress<SnapshotProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>All snapshots, oldest first.</summary>
    public Task<IReadOnlyList<Snapshot>> ListAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The snapshot that is meant: a name, an id's first digits, <c>latest</c>, each with <c>~N</c> for the N-th before it.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>, <see cref="StoreFault.Ambiguous"/>.</exception>
    public Task<Snapshot> FindSnapshotAsync(string reference, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Everything at or below the path, in path order.</summary>
    /// <param name="snapshot">From which snapshot.</param>
    /// <param name="path">As <c>--path</c> takes it; empty for all.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>, <see cref="StoreFault.Ambiguous"/>.</exception>
    public IAsyncEnumerable<Found> EntriesAsync(Snapshot snapshot, string path, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>One level of what is at the path, as a listing of S3: a file itself, or a folder's files and folders.</summary>
    public IAsyncEnumerable<Found> LevelAsync(Snapshot snapshot, string path, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>What changed, in path order.</summary>
    /// <param name="older">The one side.</param>
    /// <param name="newer">The other side.</param>
    /// <param name="paths">Only at or below these; empty for all.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public IAsyncEnumerable<Change> DiffAsync(
        Snapshot older, Snapshot newer, IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Writes a file's content, checked chunk by chunk and as a whole.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>; <see cref="StoreFault.Refused"/> when the entry has no content.</exception>
    public Task CopyContentAsync(Entry entry, Stream target, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Brings files back.</summary>
    public Task<RestoreReport> RestoreAsync(
        RestoreRequest request, IRestoreTarget target, IProgress<RestoreProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Every version of a path, oldest first; snapshots without its source are passed over.</summary>
    public IAsyncEnumerable<PathVersion> LogAsync(string path, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Where paths match a glob (<c>*</c> within a segment, <c>**</c> across, <c>?</c>, <c>[a-z]</c>; one without <c>/</c> matches a name anywhere).</summary>
    /// <param name="glob">The glob.</param>
    /// <param name="snapshot">Only in this one; null for all, newest first.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public IAsyncEnumerable<Found> FindAsync(string glob, Snapshot? snapshot, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Checks that everything that snapshots need is there, and as many bytes as asked for.</summary>
    public Task<VerifyReport> VerifyAsync(
        VerifyRequest request, IProgress<VerifyProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Sizes, in all and of each snapshot.</summary>
    public Task<RepositoryStats> StatsAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Makes the catalog anew from packs and snapshot records.</summary>
    public Task RebuildCatalogAsync(IProgress<RebuildProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>All ways to open this repository.</summary>
    public Task<IReadOnlyList<KeyInfo>> KeysAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Adds a password; the first one closes a repository that was open to all.</summary>
    public Task<KeyInfo> AddPasswordAsync(string password, string label, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Puts a new password in place of the one that this session was opened with.</summary>
    public Task<KeyInfo> ChangePasswordAsync(string password, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Removes a key, but never the last one.</summary>
    /// <param name="id">Its id or the first digits of it.</param>
    /// <param name="cancellationToken">Stops before anything is removed.</param>
    public Task RemoveKeyAsync(string id, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
