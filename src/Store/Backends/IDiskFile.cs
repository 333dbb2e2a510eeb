namespace JadaStore.Store.Backends;

/// <summary>An open file of an <see cref="IDisk"/>. Thread-safe but for being closed.</summary>
internal interface IDiskFile : IDisposable
{
    /// <summary>Whether it was closed.</summary>
    bool IsClosed { get; }

    /// <summary>Reads from an offset on.</summary>
    /// <returns>How many bytes; 0 at the end.</returns>
    int Read(Span<byte> target, long offset);

    /// <summary>Writes all of it at an offset.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Makes what was written durable; the file's name is not.</summary>
    void Flush();
}
