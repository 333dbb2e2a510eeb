namespace JadaStore.Store.Requests;

/// <summary>
/// Sources that were chosen from a listing of all there are: the buckets of an account. One of an earlier snapshot that
/// was chosen from it as well, would be still, and is no longer there, is gone.
/// </summary>
/// <param name="Name">What tells the listing from others; kept in the record.</param>
/// <param name="Roots">The sources that it gave.</param>
/// <param name="Chooses">Whether it would give the source of this root, were it there.</param>
public sealed record SourceListing(string Name, IReadOnlyList<string> Roots, Func<string, bool> Chooses)
{
    /// <summary>Sources that are there and were not chosen; kept in the record, as they are not gone.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
