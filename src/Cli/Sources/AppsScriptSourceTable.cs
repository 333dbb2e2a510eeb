using JadaStore.Collectors.AppsScript;

namespace JadaStore.Cli.Sources;

/// <summary>A <c>[[source]]</c> with <c>type = "apps-script"</c>: projects of Google Apps Script.</summary>
/// <param name="Name">No part of what is stored.</param>
internal sealed record AppsScriptSourceTable(string Name) : SourceTable(Name)
{
    /// <summary>Projects that are named.</summary>
    public IReadOnlyList<ScriptChoice> Scripts { get; init; } = [];

    /// <summary>All projects that Drive lists.</summary>
    public bool All { get; init; }

    /// <summary>Folders that clasp pulled, as they are written; relative to the file's folder.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The files of earlier versions too.</summary>
    public bool AllVersions { get; init; } = true;

    /// <summary>What stands before <c>apps-script</c> in the root; empty: nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Where clasp keeps its login, as it is written; null for <c>~/.clasprc.json</c>.</summary>
    public string? Credentials { get; init; }

    /// <summary>Which of the logins; null for clasp's own choice.</summary>
    public string? User { get; init; }
}
