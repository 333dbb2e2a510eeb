namespace JadaStore.Cli.Sources;

/// <summary>A <c>[[source]]</c> with <c>type = "local"</c>.</summary>
/// <param name="Name">Also names its root: <c>local/NAME</c>.</param>
/// <param name="Path">As it is written; relative to the file's folder.</param>
/// <param name="Exclude">Patterns as in .gitignore.</param>
internal sealed record LocalSourceTable(string Name, string Path, IReadOnlyList<string> Exclude) : SourceTable(Name);
