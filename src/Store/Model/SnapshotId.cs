namespace JadaStore.Store.Model;

/// <summary>
/// The name of a snapshot record: plain BLAKE3 of its JSON, so a parent's id vouches for all that came before.
/// </summary>
/// <param name="Value">The 32 bytes.</param>
public readonly record struct SnapshotId(Digest Value)
{
    /// <summary>64 lowercase hex digits.</summary>
    public override string ToString() => Value.ToString();
}
