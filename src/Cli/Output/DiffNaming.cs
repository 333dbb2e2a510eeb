using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>What the two snapshots of a diff are called.</summary>
/// <param name="Older">The one side.</param>
/// <param name="Newer">The other side.</param>
internal sealed record DiffNaming(string Older, string Newer)
{
    /// <summary>The one that did not take it; null for every other kind of change.</summary>
    public string? NotTakenIn(ChangeKind kind) => kind switch
    {
        ChangeKind.NotTakenInOlder => Older,
        ChangeKind.NotTakenInNewer => Newer,
        _ => null,
    };

    /// <summary><c>not taken in v1.1</c>; null for every other kind of change.</summary>
    public string? Text(ChangeKind kind) =>
        NotTakenIn(kind) is { } name ? $"not taken in {EntryText.Printable(name)}" : null;
}
