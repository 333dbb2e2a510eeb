using System.Security.Cryptography;
using JadaStore.Collectors.Aws.Downloads;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Lambda;

/// <summary>Fetches one zip file whole, through whatever breaks, and makes sure that it is the one listed.</summary>
internal static class ZipFetch
{
    private const int Tries = 8;
    private const int Wrong = 3;
    private const int Refused = 403;

    /// <summary>Fetches it.</summary>
    /// <param name="zip">What.</param>
    /// <param name="downloads">How.</param>
    /// <param name="into">Of its size.</param>
    /// <param name="cancellationToken">Stops the fetching.</param>
    /// <exception cref="IOException">It cannot be fetched, or is never what was listed.</exception>
    public static async Task RunAsync(
        RemoteZip zip, PresignedDownloads downloads, HeldBytes into, CancellationToken cancellationToken)
    {
        for (int wrong = 1; ; wrong++)
        {
            await CopyAsync(zip, downloads, into, cancellationToken).ConfigureAwait(false);
            if (HashOf(into) == zip.Sha256)
            {
                return;
            }

            if (wrong == Wrong)
            {
                throw new IOException($"{zip.What} does not match its SHA-256, however often it is fetched");
            }
        }
    }

    // A connection that broke goes on where it ended, from a new URL: the old one may not be good any more.
    private static async Task CopyAsync(
        RemoteZip zip, PresignedDownloads downloads, HeldBytes into, CancellationToken cancellationToken)
    {
        long done = 0;
        long? refusedAt = null;
        byte[] buffer = new byte[128 * 1024];
        for (int attempt = 1; ; attempt++)
        {
            string url = await zip.LocateAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                AwsResponse response =
                    await downloads.GetAsync(zip.What, url, done, cancellationToken).ConfigureAwait(false);
                await using (response.ConfigureAwait(false))
                {
                    while (await response.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)
                        is > 0 and int count)
                    {
                        if (count > zip.Size - done)
                        {
                            throw new AwsException(
                                zip.What, response.Status, "",
                                $"{zip.What} is longer than the {zip.Size} bytes listed");
                        }

                        into.Write(done, buffer.AsSpan(0, count));
                        done += count;
                    }
                }

                if (done == zip.Size)
                {
                    return;
                }

                throw new IOException($"{zip.What} ended after {done} of {zip.Size} bytes");
            }
            catch (AwsException e) when (e.Status == Refused)
            {
                // A URL is good for ten minutes, and may have waited longer for its turn. A new one that is refused as
                // well is no matter of time.
                if (refusedAt == done)
                {
                    throw new AwsException(
                        e.Operation, e.Status, e.Code,
                        $"{zip.What} cannot be fetched: the link to it is refused, and so was another one: {e.Message}", e);
                }

                refusedAt = done;
            }
            catch (IOException e) when (attempt < Tries && e is not AwsException)
            {
                await downloads.WaitAsync(attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static string HashOf(HeldBytes bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[128 * 1024];
        for (long at = 0; bytes.Read(at, buffer) is > 0 and int count; at += count)
        {
            hash.AppendData(buffer, 0, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
