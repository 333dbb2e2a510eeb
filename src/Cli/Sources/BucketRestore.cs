using JadaStore.Collectors.S3.Config;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Sources;

/// <summary>What of a snapshot goes into a bucket: the objects of one source, and the configuration of the same
/// bucket.</summary>
/// <param name="Paths">As <c>--path</c> takes them.</param>
/// <param name="ConfigRoot">Where the configuration is; null where it is not wanted.</param>
internal sealed record BucketRestore(IReadOnlyList<string> Paths, string? ConfigRoot)
{
    private const string Objects = "s3/", Folders = "local/";

    /// <summary>Chooses; without paths the only source that has files.</summary>
    /// <exception cref="UsageException">There are several, or the snapshot has no configuration of the
    /// bucket.</exception>
    public static BucketRestore Of(Snapshot snapshot, IReadOnlyList<string> paths, bool withConfig)
    {
        if (paths.Count == 0)
        {
            string[] roots =
            [
                .. snapshot.Record.Sources.Select(source => source.Root)
                    .Where(root => root.StartsWith(Objects, StringComparison.Ordinal)
                        || root.StartsWith(Folders, StringComparison.Ordinal)),
            ];
            paths = roots.Length == 1 ? roots : throw new UsageException(roots.Length == 0
                ? $"{snapshot.Record.Name} has no bucket and no folder."
                : "Only one source at a time goes into a bucket; choose with "
                    + $"--path {string.Join(" or --path ", roots)}.");
        }

        string? foreign = snapshot.Record.Sources.Select(source => source.Root)
            .Where(root => !root.StartsWith(Objects, StringComparison.Ordinal) && !root.StartsWith(Folders, StringComparison.Ordinal))
            .FirstOrDefault(root => paths.Any(path => $"{path}/".StartsWith(root + "/", StringComparison.Ordinal)
                || $"{root}/".StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal)));
        if (foreign is not null)
        {
            throw new UsageException(
                $"{foreign} holds no objects of a bucket; its configuration goes back with --with-config beside --path s3/BUCKET.");
        }

        return new BucketRestore(paths, withConfig ? ConfigOf(snapshot, paths[0]) : null);
    }

    /// <summary>Puts the configuration back, or says what it would.</summary>
    public async Task<IReadOnlyList<ConfigStep>> RestoreConfigAsync(
        Repository repository, Snapshot snapshot, S3BucketConfigRestore target, bool dryRun, bool delete,
        CancellationToken cancellationToken)
    {
        var documents = new Dictionary<string, byte[]>();
        if (ConfigRoot is null)
        {
            return [];
        }

        await foreach (Found found in repository
            .EntriesAsync(snapshot, ConfigRoot, cancellationToken).ConfigureAwait(false))
        {
            if (found.Entry is { Digest: not null } entry)
            {
                using var bytes = new MemoryStream();
                await repository.CopyContentAsync(entry, bytes, cancellationToken).ConfigureAwait(false);
                documents[entry.Path.ToString()] = bytes.ToArray();
            }
        }

        SnapshotSource source = snapshot.Record.Sources.First(source => source.Root == ConfigRoot);
        var options = new ConfigRestoreOptions
        {
            DryRun = dryRun,
            Delete = delete && source.Complete,
            NotCaptured = source.Errors.Select(error => error.Path).ToHashSet(),
        };
        return await target.RunAsync(documents, options, cancellationToken).ConfigureAwait(false);
    }

    private static string ConfigOf(Snapshot snapshot, string path)
    {
        string? bucket = snapshot.Record.Sources.Select(source => source.Root)
            .Where(root => root.StartsWith(Objects, StringComparison.Ordinal)).Select(root => root[Objects.Length..])
            .FirstOrDefault(name => (path + "/").StartsWith($"{name}/", StringComparison.Ordinal)
                || (path + "/").StartsWith($"{Objects}{name}/", StringComparison.Ordinal));
        string root = S3BucketConfig.RootOf(bucket ?? "");
        return snapshot.Record.Sources.Any(source => source.Root == root) ? root : throw new UsageException(
            $"{snapshot.Record.Name} has no configuration of {bucket ?? path}: "
            + "it was taken without `config = true` in jstore.toml.");
    }
}
