using System.Runtime.CompilerServices;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Config;

/// <summary>A bucket's configuration, a JSON document each; <see cref="BucketDocuments"/> lists them.</summary>
/// <remarks>
/// What is not configured, or what the server does not know, has no document. All are fetched at once, some kilobytes a
/// bucket; one that is denied is a fault of its own.
/// </remarks>
public sealed class S3BucketConfig : ICollector
{
    private readonly string _bucket;
    private readonly AwsCalls _calls;
    private readonly string _place;

    /// <param name="access">The way there.</param>
    /// <param name="bucket">Its name.</param>
    public S3BucketConfig(AwsAccess access, string bucket)
        : this(bucket, (access ?? throw new ArgumentNullException(nameof(access))).S3, access.S3Place)
    {
    }

    internal S3BucketConfig(string bucket, IAwsTransport transport, string place = "AWS")
    {
        _bucket = bucket;
        _calls = new AwsCalls(AwsModel.S3, transport);
        _place = place;
    }

    /// <inheritdoc/>
    public string Root => RootOf(_bucket);

    /// <inheritdoc/>
    public IReadOnlyList<string> Excluded => [];

    /// <summary>Where the documents of a bucket lie.</summary>
    public static string RootOf(string bucket) => "s3-config/" + bucket;

    /// <inheritdoc/>
    /// <exception cref="Store.StoreException">The bucket is out of reach.</exception>
    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new BucketDocumentReader(_calls, _bucket);
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

    private async Task<SourceEntry?> FetchAsync(
        BucketDocumentReader reader, BucketDocument document, CancellationToken cancellationToken)
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
        catch (AwsException e) when (ConcernsBucket(e))
        {
            throw Unreachable.Of(e, _bucket, _place);
        }
        catch (IOException e)
        {
            return new SourceFault { Path = new EntryPath(document.Path), Kind = EntryKind.File, Message = e.Message };
        }
    }

    private static bool ConcernsBucket(AwsException e) =>
        e.Status == 0 || e.Code is "NoSuchBucket" or "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken";
}
