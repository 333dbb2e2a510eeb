namespace JadaStore.Store.Pipeline;

/// <summary>A source as earlier snapshots have it.</summary>
/// <param name="Newest">What a listing is walked in step with.</param>
/// <param name="Older">Asked, in this order, for what that one does not have as it is; mostly none. See
/// <see cref="ParentChoice"/>.</param>
internal sealed record ParentSource(ParentTree Newest, IReadOnlyList<ParentTree> Older)
{
    /// <summary>All, the newest first.</summary>
    public IEnumerable<ParentTree> Trees => Older.Prepend(Newest);
}
