using JadaStore.Store.Backends;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>The file <c>config</c> and its second copy, as they were found; nobody vouches yet for what they
/// say.</summary>
/// <param name="First">What the file says; null when it is missing or cannot be read.</param>
/// <param name="Copy">What the copy says, likewise.</param>
/// <param name="Problem">Why the file cannot be read; null when it can.</param>
internal sealed record ConfigFiles(RepositoryConfig? First, RepositoryConfig? Copy, string? Problem)
{
    /// <summary>The file's name.</summary>
    public const string Name = "config";

    /// <summary>No such file is longer, in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Those that can be read, the file first; at least one.</summary>
    public IReadOnlyList<RepositoryConfig> Readable => [.. new[] { First, Copy }.OfType<RepositoryConfig>()];

    /// <summary>Whether there is either.</summary>
    public static async ValueTask<bool> AreThereAsync(IBackend backend, CancellationToken cancellationToken) =>
        await backend.TryGetLengthAsync(Name, cancellationToken).ConfigureAwait(false) is not null
        || await backend.TryGetLengthAsync(SecondCopy.Of(Name), cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Reads both.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NoRepository"/>: there is neither; otherwise what is
    /// wrong with the file, when neither can be read.</exception>
    public static async Task<ConfigFiles> ReadAsync(IBackend backend, CancellationToken cancellationToken)
    {
        (RepositoryConfig? first, StoreException? problem) =
            await TryReadAsync(backend, Name, cancellationToken).ConfigureAwait(false);
        (RepositoryConfig? copy, _) =
            await TryReadAsync(backend, SecondCopy.Of(Name), cancellationToken).ConfigureAwait(false);
        return first is null && copy is null
            ? throw problem ?? new StoreException(
                StoreFault.NoRepository, $"There is no repository in {backend.Place}.", "`jstore init` makes one.")
            : new ConfigFiles(first, copy, first is not null ? null : problem?.Message ?? "config is missing.");
    }

    /// <summary>What to say when the repository was opened with something else than the first files.</summary>
    public IReadOnlyList<string> WarningsFor(Unlocked unlocked)
    {
        var warnings = new List<string>();
        if (!ReferenceEquals(unlocked.Config, First))
        {
            string why = Problem ?? "config fits no key.";
            warnings.Add($"{why} Its second copy was used; `jstore repair` puts it back.");
        }

        if (unlocked.Key.IsCopy)
        {
            warnings.Add(
                $"{unlocked.Key.Name} is missing or damaged. Its second copy was used; `jstore repair` puts it back.");
        }

        return warnings;
    }

    private static async Task<(RepositoryConfig? Config, StoreException? Problem)> TryReadAsync(
        IBackend backend, string name, CancellationToken cancellationToken)
    {
        try
        {
            byte[]? bytes = await backend.TryReadAllAsync(name, MaxLength, cancellationToken).ConfigureAwait(false);
            return (bytes is null ? null : RepositoryConfig.Parse(bytes), null);
        }
        catch (StoreException e) when (e.IsDamage || e.Fault is StoreFault.NewerFormat)
        {
            return (null, e);
        }
    }
}
