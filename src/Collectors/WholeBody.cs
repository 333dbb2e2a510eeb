namespace JadaStore.Collectors;

/// <summary>Takes a whole answer from the wire, hostile as it is: bounded.</summary>
internal static class WholeBody
{
    /// <summary>All bytes to the end of the stream; null where there are more than <paramref name="most"/>.</summary>
    /// <exception cref="IOException">It broke off.</exception>
    public static async Task<byte[]?> ReadAsync(Stream body, int most, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        byte[] part = new byte[16 << 10];
        while (await body.ReadAsync(part, cancellationToken).ConfigureAwait(false) is > 0 and int read)
        {
            if (all.Length + read > most)
            {
                return null;
            }

            all.Write(part, 0, read);
        }

        return all.ToArray();
    }
}
