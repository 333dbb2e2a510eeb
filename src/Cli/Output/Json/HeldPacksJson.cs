using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>Packs that something which runs may need, in JSON.</summary>
internal sealed record HeldPacksJson(string Holder, int Packs, long Bytes)
{
    /// <summary>The same, as the repository reports it.</summary>
    public static HeldPacksJson Of(HeldPacks held) => new(held.Holder, held.Packs.Packs, held.Packs.Bytes);
}
