using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Estate;

/// <summary>The resource that a path of a snapshot belongs to.</summary>
/// <param name="Root">The source: <c>lambda</c>, <c>prod/route53</c>.</param>
/// <param name="Region">Null where the service is global.</param>
/// <param name="Kind">What it is one of: <c>functions</c>; empty where that is not known.</param>
/// <param name="Name">What a person calls it, its kind in front where that is needed:
/// <c>roles/admin</c>.</param>
/// <param name="Place">Where all of it lies: a path of the snapshot, without <c>/</c> at its end.</param>
/// <param name="Rest">The path within the resource; empty for its only document.</param>
internal sealed record ResourcePath(string Root, string? Region, string Kind, string Name, string Place, string Rest)
{
    /// <summary>How the file of a document ends.</summary>
    public const string Document = ".json";

    /// <summary>The service: the last segment of the root, but for buckets' configuration.</summary>
    public string Service => ServiceOf(Root);

    /// <summary>Whether it is a document; what lies in a function's code is content, whatever it is called.</summary>
    public bool IsDocument =>
        (Rest.Length == 0 || Rest.EndsWith(Document, StringComparison.Ordinal)) && ContentFolder is null;

    /// <summary>Whether it is the document that describes the resource itself.</summary>
    public bool IsDescription => IsDocument && Aspect.Length == 0;

    /// <summary>
    /// What a document tells of its resource: <c>policy</c>, <c>aliases/live</c>; empty for the one that describes the
    /// resource itself.
    /// </summary>
    public string Aspect
    {
        get
        {
            // `versions/3/configuration`, `stages/prod/stage`: the last says no more than what it describes.
            string[] segments = WithoutEnding(Rest).Split('/');
            string kind = segments.Length > 2 ? segments[^3] : Kind;
            bool saysNothing = segments[^1] == "configuration" || segments[^1] == ResourceLayout.OneOf(kind);
            return string.Join('/', saysNothing ? segments[..^1] : segments);
        }
    }

    /// <summary>
    /// The folder of content that it lies in: <c>code</c>, <c>versions/3/code</c>; null for all else.
    /// </summary>
    public string? ContentFolder
    {
        get
        {
            string[] segments = Rest.Split('/');
            int at = Array.FindIndex(segments, segment => segment is "code" or "content");
            return at >= 0 && at < segments.Length - 1 ? string.Join('/', segments[..(at + 1)]) : null;
        }
    }

    /// <summary>
    /// The resource; null for what is above all resources, such as a region that could not be listed.
    /// </summary>
    /// <param name="root">The source.</param>
    /// <param name="path">In the snapshot, the root first.</param>
    public static ResourcePath? Of(string root, EntryPath path)
    {
        string inner = new EntryPath(path.Span[(Encoding.UTF8.GetByteCount(root) + 1)..].ToArray()).ToString();
        string service = ServiceOf(root);
        if (service == EstateRoots.BucketConfig)
        {
            string bucket = root[(root.LastIndexOf('/') + 1)..];
            return inner.Length == 0 ? null : new ResourcePath(root, null, "", bucket, root, inner);
        }

        (string? region, string below) = RegionName.Split(inner);
        bool isFolder = below.EndsWith('/');
        string[] segments = below.TrimEnd('/').Split('/');
        int depth = below.Length == 0 ? 1 : ResourceLayout.Depth(service, segments);
        if (below.Length == 0 || (isFolder && segments.Length <= depth))
        {
            return null;
        }

        bool isOnly = segments.Length <= depth;
        string[] names = isOnly ? [.. segments[..^1], WithoutEnding(segments[^1])] : segments[..depth];
        string kind = depth == 1 ? ResourceLayout.MainKind(service) : names.Length > 1 ? names[0].TrimStart('@') : "";
        bool isMain = names.Length > 1 && kind == ResourceLayout.MainKind(service);
        string name = string.Join('/', isMain ? names[1..] : names);
        string above = region is null ? root : $"{root}/{region}";
        return new ResourcePath(
            root, region, kind, name, $"{above}/{string.Join('/', names)}",
            isOnly ? "" : string.Join('/', segments[depth..]) + (isFolder ? "/" : ""));
    }

    private static string ServiceOf(string root)
    {
        string[] segments = root.Split('/');
        return segments is [.., EstateRoots.BucketConfig, _] ? EstateRoots.BucketConfig : segments[^1];
    }

    private static string WithoutEnding(string file) =>
        file.EndsWith(Document, StringComparison.Ordinal) ? file[..^Document.Length] : file;
}
