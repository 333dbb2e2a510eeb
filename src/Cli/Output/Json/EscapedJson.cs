using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>A path that the target holds under another name.</summary>
internal sealed record EscapedJson(string Path, string Name)
{
    /// <summary>The same, as the repository reports it.</summary>
    public static EscapedJson Of(EscapedName escaped) => new(escaped.Path.ToString(), escaped.Name.ToString());
}
