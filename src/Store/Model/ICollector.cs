namespace JadaStore.Store.Model;

/// <summary>Reads one source: a folder, a bucket, a set of functions.</summary>
public interface ICollector
{
    /// <summary>
    /// Where its entries lie in a snapshot: <c>local/tools</c>, <c>s3/sailjada.com</c>. No <c>/</c> at the end.
    /// </summary>
    string Root { get; }

    /// <summary>What is left out by rule, a line each, for the snapshot's record.</summary>
    IReadOnlyList<string> Excluded { get; }

    /// <summary>
    /// How many of its entries are best read at once: many where each read is a wait for a server; 0: as many as there
    /// are
    /// cores.
    /// </summary>
    int ReadsAtOnce => 0;

    /// <summary>
    /// Asked when the walk has ended: where the listing broke off before its end; null when it did not.
    /// </summary>
    /// <remarks>The source is partial then, and a diff says of no path behind that point that it was removed.</remarks>
    SourceBreak? BrokeOff => null;

    /// <summary>
    /// Asked when the walk has ended: what of the source was seen and what was not, and why. Empty where one listing
    /// says it all.
    /// </summary>
    IReadOnlyList<CoverageLine> Coverage => [];

    /// <summary>
    /// Asked when the walk has ended: what chose its parts, and which; also what gave none. Empty where the source is
    /// whatever is there.
    /// </summary>
    IReadOnlyList<SourcePart> Parts => [];

    /// <summary>
    /// Asked when the walk has ended: the account that it belongs to, as its provider names it; null where there is
    /// none, or nobody would say.
    /// </summary>
    string? Account => null;

    /// <summary>How far the walk is; asked at any time, from any thread. Null: counted by entries alone.</summary>
    SourceItems? Items => null;

    /// <summary>
    /// Walks the source once, in path order (bytes; a folder sorts as <c>name/</c>), as the store merges it with the
    /// parent.
    /// </summary>
    /// <returns>Each entry once. What exists but cannot be read comes as a <see cref="SourceFault"/>.</returns>
    /// <exception cref="StoreException">The whole source is out of reach: no such folder, no credentials, no such
    /// bucket.</exception>
    IAsyncEnumerable<SourceEntry> CollectAsync(CancellationToken cancellationToken);
}
