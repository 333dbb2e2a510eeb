using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Collectors.Aws.Services.Walk;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Survey;

/// <summary>One question of a survey: the first page of the list of one kind, in one region.</summary>
/// <param name="model">The service.</param>
/// <param name="calls">To it, in the region.</param>
/// <param name="kind">The kind; it has a list.</param>
/// <param name="scope">The region and the account.</param>
/// <param name="isGlobal">Whether the service is the same in all regions.</param>
internal sealed class SurveyQuestion(
    AwsModel model, AwsCalls calls, ResourceKind kind, ItemScope scope, bool isGlobal)
{
    /// <summary>Where it is asked.</summary>
    public string Region => scope.Region;

    /// <summary>What it asks about.</summary>
    public string Kind => kind.Name;

    /// <summary>Asks; a refusal is an answer too.</summary>
    public async Task<SeenKind> AskAsync(CancellationToken cancellationToken)
    {
        RowQuestion list = kind.List!;
        try
        {
            JsonObject input = list.InputFor(scope);
            JsonObject page = await calls.CallAsync(list.Operation, input, cancellationToken).ConfigureAwait(false);
            AwsOperation operation = model.Operation(list.Operation);
            bool more = operation.Paging is { } paging
                && new AnswerPages(operation, paging).TakeTokens(page, (JsonObject)input.DeepClone());
            return Seen(CoverageState.Captured, Count(page), more, "");
        }
        catch (AwsException e) when (kind.Absent.Contains(e.Code))
        {
            return Seen(CoverageState.Captured, 0, false, "");
        }
        catch (AwsException e) when (WalkFailure.IsOfUnknownKeys(e))
        {
            // The keys are known to the account: it is this region that is not switched on.
            return Seen(CoverageState.Unsupported, 0, false, e.Message);
        }
        catch (AwsException e)
        {
            return Seen(WalkFailure.StateOf(e, kind.Unsupported), 0, false, e.Message);
        }
    }

    private int Count(JsonObject page)
    {
        // What there is exactly one of everywhere, an account's settings, is no finding.
        IEnumerable<JsonNode?> items = kind.Items?.First(page, scope) as JsonArray ?? [];
        // Where an item is only told apart by its details it counts: this is a look, not a count.
        return items.OfType<JsonNode>().Count(item => kind.Detail is not null || Holds(item));
    }

    private bool Holds(JsonNode item)
    {
        try
        {
            ItemScope within = scope.Within(kind.Name, item);
            return kind.When.All(condition => condition.Holds(within));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private SeenKind Seen(CoverageState state, int count, bool more, string reason) =>
        new(model.Service, isGlobal ? "" : scope.Region, kind.Name, state, count, more, reason);
}
