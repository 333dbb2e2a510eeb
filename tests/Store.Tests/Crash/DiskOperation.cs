namespace JadaStore.Store.Tests.Crash;

/// <summary>One change to a <see cref="SimulatedDisk"/>, or one thing said of it.</summary>
internal abstract record DiskOperation
{
    internal sealed record MakeFolder(string Path) : DiskOperation;

    /// <summary>A new, empty file and its first name; numbers tell files apart whatever their names.</summary>
    internal sealed record Create(string Path, int File) : DiskOperation;

    internal sealed record Write(int File, long Offset, byte[] Bytes) : DiskOperation
    {
        public override string ToString() => $"Write {{ File = {File}, Offset = {Offset}, Length = {Bytes.Length} }}";
    }

    internal sealed record Flush(int File) : DiskOperation;

    internal sealed record Link(string Path, int File) : DiskOperation;

    internal sealed record Unlink(string Path) : DiskOperation;

    internal sealed record FlushFolder(string Path) : DiskOperation;

    /// <summary>No change: a call to the store has returned, and what it promises is promised from here on.</summary>
    internal sealed record Returned(string What) : DiskOperation;
}
