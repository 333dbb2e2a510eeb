namespace JadaStore.Store.Model;

/// <summary>What one read gave: bytes, or a hole, or (both 0) the end.</summary>
/// <param name="Bytes">How many bytes were put into the buffer.</param>
/// <param name="Hole">How many bytes are a hole in the file, none of them put into the buffer; only when
/// <paramref name="Bytes"/> is 0.</param>
public readonly record struct ContentRead(int Bytes, long Hole);
