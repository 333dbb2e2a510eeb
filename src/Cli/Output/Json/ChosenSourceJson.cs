using JadaStore.Cli.Sources;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of <c>sources --json</c>.</summary>
/// <param name="Name">Of its <c>[[source]]</c>, or as it was typed.</param>
/// <param name="Kind"><c>local</c>, <c>s3</c>, <c>aws</c>, …</param>
/// <param name="Root">The first segments of every path in it.</param>
/// <param name="From">Where it is read from.</param>
/// <param name="Regions">The regions that are asked; empty where it has none.</param>
internal sealed record ChosenSourceJson(
    string Name, string Kind, string Root, string From, IReadOnlyList<string> Regions)
{
    /// <summary>The same, as it was chosen.</summary>
    public static ChosenSourceJson Of(ChosenSource source) =>
        new(source.Name, source.Kind, source.Root, source.Place, source.Regions);
}
