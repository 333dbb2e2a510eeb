using JadaStore.Store;

namespace JadaStore.Cli.Repositories;

/// <summary>Where the repository is, and whether anybody said so.</summary>
/// <param name="Path">As a full path.</param>
/// <param name="IsDefault">Nobody said: it is <c>.jstore</c> in the working folder, which <c>snapshot</c> may
/// make.</param>
internal sealed record RepositoryLocation(string Path, bool IsDefault)
{
    /// <summary>The option, else the environment, else <c>jstore.toml</c>, else <c>.jstore</c> here.</summary>
    /// <exception cref="UsageException">It names a place of a kind that is not known.</exception>
    /// <exception cref="StoreException">A <c>jstore.toml</c> cannot be read.</exception>
    public static RepositoryLocation Find(Shell shell, string? option)
    {
        string? given = NullIfEmpty(option) ?? NullIfEmpty(shell.Variable("JSTORE_REPO"));
        if (given is not null)
        {
            return new RepositoryLocation(FullPath(shell.Folder, given), IsDefault: false);
        }

        ConfigFile? config = ConfigFile.FindUpwards(shell.Folder);
        return config?.Repository is { } named
            ? new RepositoryLocation(FullPath(config.Folder, named), IsDefault: false)
            : new RepositoryLocation(System.IO.Path.Combine(shell.Folder, ".jstore"), IsDefault: true);
    }

    private static string FullPath(string folder, string given) =>
        given.StartsWith("s3://", StringComparison.Ordinal)
            ? throw new UsageException($"A repository in S3 ({given}) is not supported by this version; give a folder.")
            : System.IO.Path.GetFullPath(given, folder);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
