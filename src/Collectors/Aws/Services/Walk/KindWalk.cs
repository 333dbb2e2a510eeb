using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>Walks the resources of one kind: in a region, or within a resource.</summary>
/// <param name="run">The region.</param>
/// <param name="kind">The kind.</param>
/// <param name="tally">Of the kind, or of the one that it lies within.</param>
internal sealed class KindWalk(RegionRun run, ResourceKind kind, KindTally tally)
{
    // The bound on requests is the transport's; this one is on what waits for them.
    private const int AtOnce = 8;

    /// <summary>Lists them and fetches what is stored of each.</summary>
    /// <param name="outer">The item that they lie within, or none.</param>
    /// <param name="folder">Where that item's documents lie.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Store.StoreException">The whole account is out of reach.</exception>
    public async Task RunAsync(ItemScope outer, string folder, CancellationToken cancellationToken)
    {
        string here = PathText.Join(folder, kind.Folder.CommonFolder);
        bool isTop = outer.Kind.Length == 0;
        if (run.Exclude.Excludes(here)
            || await ListAsync(outer, here, isTop, cancellationToken).ConfigureAwait(false) is not { } listed)
        {
            return;
        }

        FoundItem?[] found = new FoundItem?[listed.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, found.Length), parallel, async (i, token) =>
            found[i] = await FindAsync(outer.Within(kind.Name, listed[i]), here, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        List<(FoundItem Item, string Folder)> placed = Place([.. found.OfType<FoundItem>()], folder, here);
        placed.RemoveAll(one => run.Exclude.Excludes(one.Folder));
        if (isTop)
        {
            tally.Found(placed.Count);
        }

        bool isCounted = isTop && run.Counts.Items.Unit == kind.Name;
        run.Counts.Add(isCounted ? placed.Count : 0);
        await Parallel.ForEachAsync(placed, parallel, async (one, token) =>
        {
            await new ItemWalk(run, kind, tally).RunAsync(one.Item, one.Folder, token).ConfigureAwait(false);
            if (isCounted)
            {
                run.Counts.Done();
            }
        }).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<JsonNode>?> ListAsync(
        ItemScope outer, string here, bool isTop, CancellationToken cancellationToken)
    {
        try
        {
            JsonNode? answer = kind.List is { } list
                ? await run.Lists.AskAsync(list, outer, cancellationToken).ConfigureAwait(false)
                : outer.Item;
            return kind.Items is { } items ? [.. EachOf(items.First(answer, outer))] : answer is null ? [] : [answer];
        }
        catch (AwsException e) when (kind.Absent.Contains(e.Code))
        {
            return [];
        }
        catch (AwsException e)
        {
            CoverageState state = await run.StateOfAsync(e, kind.Unsupported, cancellationToken).ConfigureAwait(false);
            if (isTop)
            {
                tally.Fail(state, e);
            }
            else if (state != CoverageState.Unsupported)
            {
                Lose(here, e.Message);
            }
        }
        catch (InvalidDataException e)
        {
            Lose(here, $"{kind.Name} cannot be asked for: {e.Message}");
        }

        return null;
    }

    private static IEnumerable<JsonNode> EachOf(JsonNode? list) =>
        list is JsonArray items ? items.OfType<JsonNode>() : [];

    /// <summary>The item with its details; null where it is none of these, or a fault says why not.</summary>
    private async Task<FoundItem?> FindAsync(ItemScope scope, string here, CancellationToken cancellationToken)
    {
        try
        {
            var item = new FoundItem(scope, null, null);
            if (kind.Detail is { } detail)
            {
                JsonObject input = detail.Get.InputFor(scope);
                JsonObject answer = JsonText.Whole(await run.Calls
                    .CallAllAsync(detail.Get.Operation, input, cancellationToken).ConfigureAwait(false));
                JsonNode? more = detail.Take is null ? answer : detail.Take.First(answer, scope);
                item = new FoundItem(
                    scope with { Item = more }, RowQuestion.KeyOf(detail.Get.Operation, input), answer);
            }

            return item.Scope.Item is not null && kind.When.All(condition => condition.Holds(item.Scope)) ? item : null;
        }
        catch (AwsException e) when (kind.Detail!.Absent.Contains(e.Code))
        {
            return null;
        }
        catch (AwsException e)
        {
            if (await run.StateOfAsync(e, [], cancellationToken).ConfigureAwait(false) != CoverageState.Unsupported)
            {
                Lose(here, e.Message);
            }

            return null;
        }
        catch (InvalidDataException e)
        {
            Lose(here, $"one of {kind.Name} cannot be asked for: {e.Message}");
            return null;
        }
    }

    /// <summary>Where each lies. Where several would lie in one folder, all of them get their ids behind its
    /// name.</summary>
    private List<(FoundItem Item, string Folder)> Place(IReadOnlyList<FoundItem> items, string folder, string here)
    {
        var placed = new List<(FoundItem Item, string Folder)>(items.Count);
        foreach (FoundItem item in items)
        {
            try
            {
                placed.Add((item, PathText.Join(folder, kind.Folder.Path(item.Scope))));
            }
            catch (InvalidDataException e)
            {
                Lose(here, $"one of {kind.Name} cannot be placed: {e.Message}");
            }
        }

        if (kind.Id is not { } id)
        {
            return placed;
        }

        var shared = placed.CountBy(one => one.Folder, StringComparer.Ordinal)
            .Where(count => count.Value > 1).Select(count => count.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. placed.Select(one => shared.Contains(one.Folder)
                ? (one.Item, $"{one.Folder}~{id.Path(one.Item.Scope)}") : one),
        ];
    }

    private void Lose(string folder, string message)
    {
        run.Found.AddFolderFault(folder, message);
        tally.MarkPartial();
    }
}
