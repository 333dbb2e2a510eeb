namespace JadaStore.Store.Tests.Crash;

/// <summary>A file of a <see cref="SimulatedDisk"/>; touched under that one's lock only.</summary>
internal sealed class SimulatedFile(int number, byte[] bytes)
{
    public int Number => number;

    public byte[] Bytes { get; private set; } = bytes;

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (Bytes.Length < offset + bytes.Length)
        {
            byte[] longer = Bytes;
            Array.Resize(ref longer, (int)(offset + bytes.Length));
            Bytes = longer;
        }

        bytes.CopyTo(Bytes.AsSpan((int)offset));
    }
}
