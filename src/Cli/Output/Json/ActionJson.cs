using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>What a restore would do with one path.</summary>
internal sealed record ActionJson(string Action, string Path)
{
    /// <summary>The same, as the repository tells it.</summary>
    public static ActionJson Of(RestoreAction action) => new(Word(action.Kind), action.Path.ToString());

    /// <summary>The word of the JSON shape.</summary>
    public static string Word(RestoreActionKind kind) => kind switch
    {
        RestoreActionKind.Create => "create",
        RestoreActionKind.Overwrite => "overwrite",
        RestoreActionKind.SetAttributes => "set_attributes",
        RestoreActionKind.Same => "same",
        RestoreActionKind.Keep => "keep",
        RestoreActionKind.Delete => "delete",
    };
}
