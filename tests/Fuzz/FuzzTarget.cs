namespace JadaStore.Fuzz;

/// <summary>One decoder, and what must hold whatever bytes it is given.</summary>
/// <param name="Name">As on the command line; also the name of its folder in <c>corpora/</c>.</param>
/// <param name="Seeds">Good inputs to begin with: the same on every call.</param>
/// <param name="Run">Returns where the input is refused as documented, or decoded and the result holds what was
/// promised; throws otherwise. Finishes before it returns.</param>
internal sealed record FuzzTarget(string Name, Func<IEnumerable<byte[]>> Seeds, Action<byte[]> Run)
{
    /// <summary>What one run may allocate: so many bytes, whatever the input is.</summary>
    public long Memory { get; init; } = 4 << 20;

    /// <summary>And so many more for each byte of the input.</summary>
    public int MemoryPerByte { get; init; } = 400;

    /// <summary>Inputs beyond this length say nothing new, and are cut.</summary>
    public int MaxInput { get; init; } = 1 << 16;

    /// <summary>Runs it, and holds it to its memory.</summary>
    /// <exception cref="BrokenPromiseException">It took more memory than it may.</exception>
    public void Check(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input[..Math.Min(input.Length, MaxInput)].ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(bytes);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        if (taken > Memory + ((long)MemoryPerByte * bytes.Length))
        {
            throw new BrokenPromiseException($"{Name} took {taken} bytes of memory for {bytes.Length} bytes of input");
        }
    }
}
