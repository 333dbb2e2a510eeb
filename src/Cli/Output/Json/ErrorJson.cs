using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>What went wrong at one path.</summary>
internal sealed record ErrorJson(string Path, string Message)
{
    /// <summary>The same, of a source or a restore.</summary>
    public static ErrorJson Of(SourceError error) => new(error.Path, error.Message);
}
