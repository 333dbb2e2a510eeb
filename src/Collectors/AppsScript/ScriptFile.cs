namespace JadaStore.Collectors.AppsScript;

/// <summary>One file of a project, as clasp would write it.</summary>
/// <param name="Path">Inside the project's folder: <c>util/dates.js</c>.</param>
/// <param name="Source">What it holds.</param>
/// <param name="IsManifest">Whether it is <c>appsscript.json</c>.</param>
internal sealed record ScriptFile(string Path, string Source, bool IsManifest);
