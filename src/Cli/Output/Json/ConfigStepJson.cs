using System.Text.Json.Serialization;
using JadaStore.Collectors.S3.Config;

namespace JadaStore.Cli.Output.Json;

/// <summary>A part of a bucket's configuration that was put back, or would be.</summary>
/// <param name="Action"><c>create</c>, <c>overwrite</c> or <c>delete</c>.</param>
/// <param name="Path">The document, and after a space the part's id where it has parts.</param>
/// <param name="Message">Why it failed; left out when it did not.</param>
internal sealed record ConfigStepJson(
    string Action, string Path, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message)
{
    /// <summary>The same, as the restore reports it.</summary>
    public static ConfigStepJson Of(ConfigStep step) => new(Word(step.Kind), step.Path, step.Failure);

    private static string Word(ConfigStepKind kind) => kind switch
    {
        ConfigStepKind.Create => "create",
        ConfigStepKind.Overwrite => "overwrite",
        ConfigStepKind.Delete => "delete",
    };
}
