using System.Buffers;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Hashes a file that is read piece by piece.</summary>
internal sealed class ContentHash
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public void Update(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public Digest Finish() => Blake3.Hash(_bytes.WrittenSpan);
}
