using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>A source in <c>status --json</c>, and the newest snapshot that has it.</summary>
/// <param name="Root">The source.</param>
/// <param name="Region">A region of it; null: the source.</param>
/// <param name="Newest">The snapshot.</param>
internal sealed record SourceAgeJson(string Root, string? Region, AgedJson Newest)
{
    /// <summary>The same, as the repository has it.</summary>
    public static SourceAgeJson Of(SourceAge source, DateTimeOffset now) =>
        new(source.Root, source.Region, AgedJson.Of(source.Newest, now)!);
}
