using JadaStore.Store.Backends;
using JadaStore.Store.Tests.Packs;

namespace JadaStore.Store.Tests.Backends;

/// <summary>The stand-in keeps the promises too, or what is tested with it proves nothing.</summary>
public sealed class MemoryBackendTests : BackendContract
{
    private protected override IBackend Backend { get; } = new MemoryBackend();
}
