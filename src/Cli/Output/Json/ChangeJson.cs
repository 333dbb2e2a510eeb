using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of the <c>changes</c> of <c>diff --json</c>.</summary>
internal sealed record ChangeJson(string Path, string Change, ContentJson? Old, ContentJson? New)
{
    /// <summary>The same, as the repository has it.</summary>
    public static ChangeJson Of(Change change) =>
        new(change.Path.ToString(), EntryText.Change(change.Kind), ContentJson.Of(change.Old), ContentJson.Of(change.New));
}
