namespace JadaStore.Store.Backends;

/// <summary>Where a repository lies: named objects that appear whole or not at all and never change.</summary>
/// <remarks>
/// <para>A name is one or more segments of ASCII letters, digits, <c>.</c>, <c>-</c> and <c>_</c>, joined by <c>/</c>;
/// none
/// begins with a dot. Thread-safe, all of it.</para>
/// <para>What the world does wrong comes as <see cref="StoreException"/> with <see cref="StoreFault.Io"/>; an object
/// that is
/// missing or shorter than it must be, as <see cref="StoreFault.Corrupt"/>; bytes of one object that the disk cannot
/// read, as <see cref="StoreFault.Unreadable"/>.</para>
/// </remarks>
internal interface IBackend : IDisposable
{
    /// <summary>For messages: the folder, or the URL.</summary>
    string Place { get; }

    /// <summary>
    /// All objects whose names begin with <paramref name="folder"/> and <c>/</c>, at any depth, sorted by name.
    /// </summary>
    /// <returns>Nothing where there is no such folder.</returns>
    ValueTask<IReadOnlyList<BackendObject>> ListAsync(string folder, CancellationToken cancellationToken);

    /// <summary>How long an object is, in bytes; null when there is none.</summary>
    ValueTask<long?> TryGetLengthAsync(string name, CancellationToken cancellationToken);

    /// <summary>Fills <paramref name="target"/> with the object's bytes from <paramref name="offset"/> on.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: there is no such object, or it ends too
    /// early.</exception>
    ValueTask ReadAsync(string name, long offset, Memory<byte> target, CancellationToken cancellationToken);

    /// <summary>A small object as a whole; null when there is none.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: it is longer than <paramref name="most"/>
    /// bytes.</exception>
    ValueTask<byte[]?> TryReadAllAsync(string name, int most, CancellationToken cancellationToken);

    /// <summary>Writes a small object at once; when this returns true it is durable.</summary>
    /// <returns>False, and nothing is changed, when the name is taken.</returns>
    ValueTask<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>
    /// Writes an object at once, in the place of the one of that name if there is one; when this returns, it is
    /// durable.
    /// </summary>
    /// <remarks>
    /// At every moment the name bears the old bytes or the new ones, all of them. Only for what has one right content,
    /// of which a damaged file is put right, and for what is no more than advice: who reads meanwhile may get either.
    /// </remarks>
    /// <exception cref="StoreException"><see cref="StoreFault.Io"/>: the old object is as it was.</exception>
    ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Begins a large object, which has its name only once it is committed.</summary>
    ValueTask<IBackendWriter> BeginAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes an object; when this returns, it stays deleted.</summary>
    /// <returns>False when there was none.</returns>
    ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Sees to it that objects which were found stay: whoever wrote them may have been killed after they got their
    /// names and before those were durable. To be called before anything that needs them is written.
    /// </summary>
    ValueTask KeepAsync(IEnumerable<string> names, CancellationToken cancellationToken);

    /// <summary>Deletes what writers that were killed left behind.</summary>
    /// <param name="before">Only what was last written before.</param>
    /// <param name="cancellationToken">Stops before the next.</param>
    /// <returns>How many were deleted.</returns>
    ValueTask<int> DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
