using DiffPlex;

namespace JadaStore.Cli.Patches;

/// <summary>
/// Cuts at <c>\n</c> only and keeps it: DiffPlex's own cuts at a lone <c>\r</c> too, which no patch can express.
/// </summary>
internal sealed class LineChunker : IChunker
{
    /// <summary>The only one that is needed.</summary>
    public static readonly LineChunker Instance = new();

    private LineChunker()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Chunk(string text) => TextLines.Split(text);
}
