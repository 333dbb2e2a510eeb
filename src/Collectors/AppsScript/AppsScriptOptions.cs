namespace JadaStore.Collectors.AppsScript;

/// <summary>Which Apps Script projects are captured, and whose login is used.</summary>
public sealed record AppsScriptOptions
{
    /// <summary>Projects that are read through the Apps Script API.</summary>
    public IReadOnlyList<ScriptChoice> Scripts { get; init; } = [];

    /// <summary>All projects that Drive lists, too. It does not list those that belong to a document.</summary>
    public bool All { get; init; }

    /// <summary>Folders that clasp pulled, or that hold such folders; full paths. Nothing is asked of Google for
    /// them.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Whether the files of earlier versions are captured, or only the list of versions.</summary>
    public bool AllVersions { get; init; } = true;

    /// <summary>What stands before <c>apps-script</c> in the source's root, without a <c>/</c> at its end; empty:
    /// nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Where clasp keeps its login; null: <c>~/.clasprc.json</c>.</summary>
    public string? Credentials { get; init; }

    /// <summary>Which of the logins in that file: what <c>clasp --user</c> says.</summary>
    public string User { get; init; } = "default";

    /// <summary>Absolute paths that are left out of folders: the repository itself.</summary>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];
}
