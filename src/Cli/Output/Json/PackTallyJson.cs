using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>Some packs, in JSON.</summary>
internal sealed record PackTallyJson(int Packs, long Bytes)
{
    /// <summary>The same, as the repository counts it.</summary>
    public static PackTallyJson Of(PackTally tally) => new(tally.Packs, tally.Bytes);
}
