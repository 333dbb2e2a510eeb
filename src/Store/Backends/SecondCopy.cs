namespace JadaStore.Store.Backends;

/// <summary>
/// The second copy of what is small and without which much is lost: <c>copies/NAME</c> holds the very bytes of
/// <c>NAME</c>.
/// </summary>
internal static class SecondCopy
{
    /// <summary>Where all copies lie.</summary>
    public const string Folder = "copies";

    /// <summary>What the copy of an object is called.</summary>
    public static string Of(string name) => $"{Folder}/{name}";

    /// <summary>All objects below a folder of which there is the first, the copy, or both.</summary>
    /// <returns>The names of the first ones, sorted.</returns>
    public static async ValueTask<IReadOnlyList<string>> ListAsync(
        IBackend backend, string folder, CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (BackendObject file in await backend.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            names.Add(file.Name);
        }

        foreach (BackendObject file in await backend.ListAsync(Of(folder), cancellationToken).ConfigureAwait(false))
        {
            names.Add(file.Name[(Folder.Length + 1)..]);
        }

        return [.. names];
    }

    /// <summary>Writes the copy of an object that has none, as the older ones have not; nothing where there is no such
    /// object.</summary>
    /// <param name="backend">Where both lie.</param>
    /// <param name="name">Of the object, which was found to be whole.</param>
    /// <param name="most">No such object is longer, in bytes.</param>
    /// <param name="cancellationToken">Stops before the copy is written.</param>
    public static async ValueTask MakeIfMissingAsync(
        IBackend backend, string name, int most, CancellationToken cancellationToken)
    {
        if (await backend.TryGetLengthAsync(Of(name), cancellationToken).ConfigureAwait(false) is null
            && await backend.TryReadAllAsync(name, most, cancellationToken).ConfigureAwait(false) is { } bytes)
        {
            await backend.TryCreateAsync(Of(name), bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Deletes an object and its copy: the copy first, so that what was deleted never comes back from it.
    /// </summary>
    /// <returns>False when there was neither.</returns>
    public static async ValueTask<bool> DeleteBothAsync(
        IBackend backend, string name, CancellationToken cancellationToken)
    {
        bool copy = await backend.DeleteAsync(Of(name), cancellationToken).ConfigureAwait(false);
        return await backend.DeleteAsync(name, cancellationToken).ConfigureAwait(false) || copy;
    }
}
