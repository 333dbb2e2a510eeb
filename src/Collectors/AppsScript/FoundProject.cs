namespace JadaStore.Collectors.AppsScript;

/// <summary>What became of one project.</summary>
/// <param name="Id">The script id; may be empty for a folder.</param>
/// <param name="Name">What a person calls it: the name that was given, else its title; empty where neither is
/// known.</param>
/// <param name="Project">What Google says of it; null where it says nothing.</param>
/// <param name="Folder">The folder that it was pulled into; null where Google was asked.</param>
/// <param name="Problem">Why it could not be had; null where it could.</param>
/// <param name="By">What chose it.</param>
internal sealed record FoundProject(
    string Id, string Name, ScriptProject? Project, ClaspFolder? Folder, GoogleException? Problem, string By);
