using System.CommandLine.Completions;

namespace JadaStore.Cli;

/// <summary>The names that a snapshot argument completes to; filled before completions are asked for.</summary>
internal sealed class SnapshotNames
{
    private IReadOnlyList<string> _names = [];

    /// <summary>Sets what <see cref="Complete"/> gives.</summary>
    public void Fill(IReadOnlyList<string> names) => _names = names;

    /// <summary>The names, newest first.</summary>
    public IEnumerable<CompletionItem> Complete(CompletionContext context) =>
        _names.Select((name, place) => new CompletionItem(name, sortText: place.ToString("D6", null)));
}
