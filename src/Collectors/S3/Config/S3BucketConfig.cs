using System.Runtime.CompilerServices;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Config;

/// <summary>A bucket's configuration, a JSON document each; <see cref="BucketDocuments"/> lists them.</summary>
/// <remarks>
/// What is not configured, or what the server does not know, has no document. All are fetched at once, some kilobytes a bucket; one that is denied is a fault
/// of its own.
/// </remarks>
/// <param name="bucket">Its name.</param>
/// <param name="calls">S3, for this bucket.</param>
internal sealed class S3BucketConfig(string bucket, AwsCalls calls) : ICollector
{
    /// <param name="bucket">Its name.</param>
    /// <param name="model">The model of S3.</param>
    /// <param name="transport">To S3, for this bucket.</param>
    public S3BucketConfig(string bucket, AwsModel model, IAwsTransport transport)
        : this(bucket, new AwsCalls(model, transport))
    {
    }

    /// <inheritdoc/>
    public string Root => RootOf(bucket);

    /// <inheritdoc/>
    public IReadOnlyList<string> Excluded => [];

    /// <summary>Where the documents of a bucket lie.</summary>
    public static string RootOf(string bucket) => "s3-config/" + bucket;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceEntry> CollectAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new BucketDocumentReader(calls, bucket);
        SourceEntry?[] found = await Task.WhenAll(BucketDocuments.All
            .OrderBy(document => document.Path, StringComparer.Ordinal)
            .Select(document => FetchAsync(reader, document, cancellationToken))).ConfigureAwait(false);
        foreach (SourceEntry? entry in found)
        {
            if (entry is not null)
            {
                yield return entry;
            }
        }
    }

    private async Task<SourceEntry?> FetchAsync(BucketDocumentReader reader, BucketDocument document, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(document, cancellationToken).ConfigureAwait(false) is { } json
                ? DocumentEntry.Of(document.Path, BucketDocumentReader.Bytes(document, json))
                : null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
        catch (AwsException e) when (e.Status != 0 && e.Code is not ("NoSuchBucket" or "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken"))
        {
            return new SourceFault { Path = new EntryPath(document.Path), Kind = EntryKind.File, Message = e.Message };
        }
        catch (AwsException e)
        {
            throw new StoreException(StoreFault.SourceUnreachable, $"The configuration of the bucket {bucket} is out of reach: {e.Message}", "", e);
        }
    }
}
