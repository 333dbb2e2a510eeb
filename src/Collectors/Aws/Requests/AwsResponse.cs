namespace JadaStore.Collectors.Aws.Requests;

/// <summary>The answer to an <see cref="AwsRequest"/> that succeeded; to be disposed of.</summary>
/// <param name="status">200 to 299.</param>
/// <param name="headers">All that came, names in lower case, in the order received.</param>
/// <param name="body">Read once, from the wire.</param>
internal sealed class AwsResponse(int status, IReadOnlyList<KeyValuePair<string, string>> headers,
    Stream body) : IAsyncDisposable
{
    /// <summary>200 to 299.</summary>
    public int Status => status;

    /// <summary>All that came, names in lower case, in the order received.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => headers;

    /// <summary>
    /// From the wire: hostile, and it may break off (an <see cref="IOException"/>) or end before what was announced.
    /// </summary>
    public Stream Body => body;

    /// <summary>The first header of that name (lower case), or null.</summary>
    public string? Header(string name)
    {
        foreach ((string key, string value) in headers)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Passes over the next bytes of the body.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="IOException">It broke off, or ended before them.</exception>
    public async Task SkipAsync(long count, CancellationToken cancellationToken)
    {
        byte[] passed = count > 0 ? new byte[64 * 1024] : [];
        for (long left = count; left > 0;)
        {
            int read = await body.ReadAsync(passed.AsMemory(0, (int)Math.Min(passed.Length, left)), cancellationToken)
                .ConfigureAwait(false);
            left -= read > 0 ? read : throw new IOException($"it ended before byte {count}");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => body.DisposeAsync();
}
