using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store;

namespace JadaStore.Collectors.S3.Config;

/// <summary>Puts a bucket's configuration back: only what differs, in an order that works.</summary>
/// <remarks>What fails is named in its step, and the rest goes on. The location of a bucket cannot be
/// changed.</remarks>
public sealed class S3BucketConfigRestore
{
    private readonly string _bucket;
    private readonly AwsCalls _calls;

    /// <param name="access">The way there.</param>
    /// <param name="bucket">To which bucket; it exists.</param>
    public S3BucketConfigRestore(AwsAccess access, string bucket)
        : this(bucket, (access ?? throw new ArgumentNullException(nameof(access))).S3)
    {
    }

    internal S3BucketConfigRestore(string bucket, IAwsTransport transport)
    {
        _bucket = bucket;
        _calls = new AwsCalls(AwsModel.S3, transport);
    }

    /// <summary>Puts back, or says what it would.</summary>
    /// <param name="documents">The captured ones, by path.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    /// <returns>What differed, in the order it was done; nothing for what is right already.</returns>
    public async Task<IReadOnlyList<ConfigStep>> RunAsync(
        IReadOnlyDictionary<string, byte[]> documents, ConfigRestoreOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(options);
        var steps = new List<ConfigStep>();
        foreach (BucketDocument document in BucketDocuments.All.Where(document => document.Put is not null))
        {
            byte[]? wanted = documents.GetValueOrDefault(document.Path);
            if ((wanted is null && !options.Delete) || options.NotCaptured.Contains(document.Path))
            {
                continue;
            }

            await RestoreAsync(document, wanted, options, steps, cancellationToken).ConfigureAwait(false);
        }

        return steps;
    }

    private async Task RestoreAsync(
        BucketDocument document, byte[]? wanted, ConfigRestoreOptions options, List<ConfigStep> steps,
        CancellationToken cancellationToken)
    {
        JsonNode? live, want;
        try
        {
            want = wanted is null ? null : Read(document, wanted);
            live = await new BucketDocumentReader(_calls, _bucket).ReadAsync(document, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (NotSupportedException) when (wanted is null)
        {
            return;
        }
        catch (Exception e) when (e is IOException or StoreException or NotSupportedException)
        {
            // What a server does not know it must not be asked to change either: it may pass over the `?name`, and take
            // `DELETE /bucket?name` for an order to delete the bucket.
            steps.Add(new ConfigStep(
                wanted is null ? ConfigStepKind.Delete : ConfigStepKind.Overwrite, document.Path, e.Message));
            return;
        }

        Dictionary<string, JsonNode> wantParts = Parts(document, want), liveParts = Parts(document, live);
        foreach ((string id, JsonNode part) in wantParts)
        {
            bool exists = liveParts.TryGetValue(id, out JsonNode? now);
            if (!exists || !Same(part, now!))
            {
                ConfigStepKind kind = exists ? ConfigStepKind.Overwrite : ConfigStepKind.Create;
                steps.Add(
                    await StepAsync(kind, document, id, part, options.DryRun, cancellationToken).ConfigureAwait(false));
            }
        }

        foreach ((string id, JsonNode part) in liveParts)
        {
            if (options.Delete && !wantParts.ContainsKey(id) && !IsReset(document, part))
            {
                steps.Add(
                    await StepAsync(ConfigStepKind.Delete, document, id, null, options.DryRun, cancellationToken)
                        .ConfigureAwait(false));
            }
        }
    }

    private async Task<ConfigStep> StepAsync(
        ConfigStepKind kind, BucketDocument document, string id, JsonNode? part, bool dryRun,
        CancellationToken cancellationToken)
    {
        var step = new ConfigStep(kind, id.Length == 0 ? document.Path : $"{document.Path} {id}");
        JsonNode? put = part ?? (document.Reset is { } reset ? JsonNode.Parse(reset) : null);
        if (put is null && document.Delete is null)
        {
            return step with { Failure = "S3 has no way to take it away from a bucket again." };
        }

        if (dryRun)
        {
            return step;
        }

        try
        {
            (string operation, JsonObject input) = put is null
                ? (document.Delete!, ConfigRequest.Delete(_bucket, document.Items is null ? null : id))
                : (document.Put!, ConfigRequest.Put(_bucket, document, put, AwsModel.S3.Operation(document.Put!)));
            await _calls.CallAsync(operation, input, cancellationToken).ConfigureAwait(false);
            return step;
        }
        catch (Exception e) when (e is IOException or StoreException)
        {
            return step with { Failure = e.Message };
        }
    }

    private static JsonNode Read(BucketDocument document, byte[] bytes)
    {
        JsonNode read = BucketDocumentReader.Parse(Encoding.UTF8.GetString(bytes));
        return read is JsonObject || document.Text is not null
            ? read
            : throw new StoreException(StoreFault.Corrupt, $"The document {document.Path} is not a JSON object.");
    }

    private static Dictionary<string, JsonNode> Parts(BucketDocument document, JsonNode? value)
    {
        var parts = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        if (value is not null && document.Items is { } items)
        {
            foreach (JsonObject part in (value[items] as JsonArray ?? []).OfType<JsonObject>())
            {
                parts[part["Id"]?.ToString() ?? ""] = part;
            }
        }
        else if (value is not null)
        {
            parts.Add("", value);
        }

        return parts;
    }

    private static bool Same(JsonNode one, JsonNode other) =>
        CanonicalJson.Write(one).AsSpan().SequenceEqual(CanonicalJson.Write(other));

    private static bool IsReset(BucketDocument document, JsonNode live) =>
        document.Reset is { } reset && Same(JsonNode.Parse(reset)!, live);
}
