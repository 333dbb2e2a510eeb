using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Packs that are going to be deleted, as one document of <c>condemned/</c> lists them.</summary>
/// <param name="Id">The document.</param>
/// <param name="Time">When they were condemned.</param>
/// <param name="Packs">Which; some may be gone already.</param>
internal sealed record Condemnation(string Id, DateTimeOffset Time, IReadOnlySet<PackId> Packs);
