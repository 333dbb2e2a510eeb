namespace JadaStore.Collectors.Aws.Models;

/// <summary>What an element declares.</summary>
/// <param name="Prefix">Null for the default namespace.</param>
/// <param name="Uri">The namespace.</param>
internal sealed record XmlNamespace(string? Prefix, string Uri);
