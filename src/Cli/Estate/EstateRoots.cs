using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Estate;

/// <summary>Which sources of two snapshots hold the resources of services.</summary>
internal sealed class EstateRoots
{
    /// <summary>The kind of source that holds the configuration of a bucket each.</summary>
    public const string BucketConfig = "s3-config";

    private static readonly string[] Files = ["local", "s3", "s3-versions", "apps-script"];

    private readonly (string Root, byte[] Start)[] _roots;

    /// <param name="snapshots">Whose sources.</param>
    public EstateRoots(params IEnumerable<Snapshot> snapshots) => _roots =
    [
        .. snapshots.SelectMany(snapshot => snapshot.Record.Sources).Select(source => source.Root).Distinct()
            .Where(root => !Files.Contains(root.Split('/')[0]))
            .Select(root => (root, Encoding.UTF8.GetBytes(root + "/"))),
    ];

    /// <summary>The resource that a path belongs to; null for files, objects and what is above all resources.</summary>
    public ResourcePath? ResourceOf(EntryPath path)
    {
        foreach ((string root, byte[] start) in _roots)
        {
            if (path.Span.StartsWith(start))
            {
                return ResourcePath.Of(root, path);
            }
        }

        return null;
    }
}
