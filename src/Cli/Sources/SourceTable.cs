namespace JadaStore.Cli.Sources;

/// <summary>One <c>[[source]]</c> of a <c>jstore.toml</c>.</summary>
/// <param name="Name">What <c>jstore snapshot NAME</c> chooses it by.</param>
internal abstract record SourceTable(string Name);
