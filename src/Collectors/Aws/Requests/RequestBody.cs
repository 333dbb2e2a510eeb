using System.Net;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>The body of a request: as long as it moves, the time limit begins anew.</summary>
/// <param name="bytes">The body.</param>
/// <param name="limit">What ends the request.</param>
/// <param name="stall">How long it may stand still.</param>
internal sealed class RequestBody(ReadOnlyMemory<byte> bytes, CancellationTokenSource limit,
    TimeSpan stall) : HttpContent
{
    private const int Piece = 64 * 1024;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (int at = 0; at < bytes.Length; at += Piece)
        {
            await stream.WriteAsync(bytes.Slice(at, Math.Min(Piece, bytes.Length - at)),
                cancellationToken).ConfigureAwait(false);
            limit.CancelAfter(stall);
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
