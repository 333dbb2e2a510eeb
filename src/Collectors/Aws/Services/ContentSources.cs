using JadaStore.Collectors.Lambda;

namespace JadaStore.Collectors.Aws.Services;

/// <summary>Who makes entries of content, by the names that rows have for them.</summary>
internal static class ContentSources
{
    private static readonly Dictionary<string, IResourceContent> ByName = new(StringComparer.Ordinal)
    {
        ["lambda-code"] = new FunctionCode(),
        ["lambda-layer"] = new LayerContent(),
    };

    /// <summary>The one of that name; null where this version has none.</summary>
    public static IResourceContent? Of(string name) => ByName.GetValueOrDefault(name);
}
