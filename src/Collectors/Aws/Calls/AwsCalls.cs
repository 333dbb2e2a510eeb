using System.Globalization;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Protocols;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Calls;

/// <summary>Calls the operations of one service: JSON in, JSON out, both in the AWS CLI's shape.</summary>
/// <remarks>Thread-safe, as its transport is. Answers are held whole; content is not fetched this way.</remarks>
/// <param name="model">What is known of the service.</param>
/// <param name="transport">To the service, in one region.</param>
internal sealed class AwsCalls(AwsModel model, IAwsTransport transport)
{
    /// <summary>Longest answer that is taken: 64 MiB.</summary>
    public const int MaxAnswer = 64 << 20;

    /// <summary>The code of a failure that is no refusal: what came is no answer.</summary>
    public const string Malformed = "MalformedAnswer";

    private const int Tries = 5;

    private readonly IAwsProtocol _protocol = AwsProtocols.Of(model);

    /// <summary>One request, one answer; a paged one gives its first page.</summary>
    /// <remarks>An answer that breaks off or is garbled is asked for again where asking changes nothing.</remarks>
    /// <exception cref="AwsException">It failed for good, or the answer is malformed.</exception>
    /// <exception cref="Store.StoreException">The input cannot be sent.</exception>
    public async Task<JsonObject> CallAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        AwsOperation known = model.Operation(operation);
        AwsRequest request = _protocol.Write(known, input) with { HostPrefix = HostPrefix.Of(known, input) };
        for (int attempt = 1; ; attempt++)
        {
            AwsResponse response = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
            await using (response.ConfigureAwait(false))
            {
                try
                {
                    byte[] body = await ReadAsync(known, response, cancellationToken).ConfigureAwait(false);
                    return _protocol.Read(known, new WholeAnswer(response.Status, response.Headers, body));
                }
                catch (IOException) when (known.IsRead && attempt < Tries)
                {
                    // The transport has its own tries for each.
                }
                catch (IOException e) when (e is not AwsException)
                {
                    throw new AwsException(
                        operation, response.Status, Malformed, $"{operation}: the answer broke off: {e.Message}", e);
                }
            }
        }
    }

    /// <summary>All pages as one answer: the lists of all of them; of the rest, what the AWS CLI prints and what the
    /// model does not know, from the first; no tokens.</summary>
    /// <exception cref="AwsException">A request failed for good, or the pages go in a circle.</exception>
    public async Task<JsonObject> CallAllAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        JsonObject first = await CallAsync(operation, input, cancellationToken).ConfigureAwait(false);
        if (model.Operation(operation).Paging is not { } paging)
        {
            return first;
        }

        var pages = new AnswerPages(model.Operation(operation), paging);
        JsonObject page = first;
        var next = (JsonObject)input.DeepClone();
        while (pages.TakeTokens(page, next))
        {
            page = await CallAsync(operation, next, cancellationToken).ConfigureAwait(false);
            pages.Append(first, page);
        }

        pages.Finish(first);
        return first;
    }

    private static async Task<byte[]> ReadAsync(
        AwsOperation operation, AwsResponse response, CancellationToken cancellationToken)
    {
        byte[] all = await WholeBody.ReadAsync(response.Body, MaxAnswer, cancellationToken).ConfigureAwait(false)
            ?? throw new AwsException(
                operation.Name, response.Status, Malformed,
                $"{operation.Name}: the answer is longer than {MaxAnswer} bytes.");

        // A text cut short would pass for a shorter one.
        return !long.TryParse(response.Header("content-length"), CultureInfo.InvariantCulture, out long announced)
            || announced == all.Length
            ? all
            : throw new IOException($"{all.Length} bytes came of {announced}");
    }
}
