namespace JadaStore.Store.Chunking;

/// <summary>Cuts a file's content into chunks: finely at first, coarsely from some offset on.</summary>
/// <remarks>Thread-safe; allocates nothing.</remarks>
internal sealed class Cutter
{
    private readonly long _fineUntil;
    private readonly Chunker _fine;
    private readonly Chunker _coarse;

    /// <param name="gear">As <see cref="Chunker"/> takes it.</param>
    /// <param name="options">The sizes.</param>
    /// <exception cref="ArgumentException">The options have problems: all are named.</exception>
    public Cutter(ulong[] gear, CutterOptions options)
    {
        if (options.FindProblems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }

        (_fineUntil, _fine, _coarse) =
            (options.FineUntil, new Chunker(gear, options.Fine), new Chunker(gear, options.Coarse));
    }

    /// <summary>The length of the chunk that begins at <paramref name="offset"/>.</summary>
    /// <param name="bytes">Content from there on.</param>
    /// <param name="offset">How many bytes of the file, holes included, lie before.</param>
    /// <param name="isEnd">Whether the content, or what is cut by itself of it, ends with the bytes.</param>
    /// <returns>As <see cref="Chunker.FindCut"/>.</returns>
    public int FindCut(ReadOnlySpan<byte> bytes, long offset, bool isEnd) =>
        (offset < _fineUntil ? _fine : _coarse).FindCut(bytes, isEnd);
}
