using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Services.Rows;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>The lists of a region, each asked for once however many kinds are made of it.</summary>
/// <remarks>Kept until the walk ends; those within an item are no other's, so they are not kept.</remarks>
/// <param name="calls">The service, in that region.</param>
internal sealed class ListAnswers(AwsCalls calls)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<JsonObject>>> _answers = new(StringComparer.Ordinal);

    /// <summary>The answer, all pages of it; not to be changed.</summary>
    /// <exception cref="Requests.AwsException">It failed for good.</exception>
    public Task<JsonObject> AskAsync(RowQuestion list, ItemScope outer, CancellationToken cancellationToken)
    {
        JsonObject input = list.InputFor(outer);
        return outer.Kind.Length > 0
            ? WholeAsync(list.Operation, input, cancellationToken)
            : _answers.GetOrAdd(
                RowQuestion.KeyOf(list.Operation, input),
                _ => new(() => WholeAsync(list.Operation, input, cancellationToken))).Value;
    }

    private async Task<JsonObject> WholeAsync(
        string operation, JsonObject input, CancellationToken cancellationToken) =>
        JsonText.Whole(await calls.CallAllAsync(operation, input, cancellationToken).ConfigureAwait(false));
}
