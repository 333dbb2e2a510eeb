using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>Fetches what is stored of one resource, and walks what lies within it.</summary>
/// <param name="run">The region.</param>
/// <param name="kind">What it is.</param>
/// <param name="tally">Where it counts.</param>
internal sealed class ItemWalk(RegionRun run, ResourceKind kind, KindTally tally)
{
    /// <summary>Fetches all of it, side by side; an answer that several documents are made of comes once.</summary>
    /// <exception cref="Store.StoreException">The whole account is out of reach.</exception>
    public async Task RunAsync(FoundItem item, string folder, CancellationToken cancellationToken)
    {
        var contents = new List<string>();
        IEnumerable<Task> documents = Wanted(item.Scope, folder, contents)
            .GroupBy(one => one.Question is { } question ? RowQuestion.KeyOf(question.Operation, one.Input!) : "")
            .Select(group => StoreAsync(item, group.Key, [.. group], cancellationToken));
        IEnumerable<Task> content = contents.Select(
            name => AddContentAsync(name, item.Scope, folder, cancellationToken));
        IEnumerable<Task> within = kind.Kinds
            .Select(child => new KindWalk(run, child, tally).RunAsync(item.Scope, folder, cancellationToken));
        await Task.WhenAll([.. documents, .. content, .. within]).ConfigureAwait(false);
    }

    /// <summary>What is stored of the item; a row that asks for a member which the item lacks is a fault.</summary>
    private List<WantedDocument> Wanted(ItemScope scope, string folder, List<string> contents)
    {
        var wanted = new List<WantedDocument>();
        foreach (DocumentRow row in kind.Documents)
        {
            string path = PathText.Join(folder, row.Content ?? "");
            try
            {
                path = row.File is { } file ? PathText.Join(folder, file.Path(scope)) : path;
                if (!row.When.All(condition => condition.Holds(scope)) || run.Exclude.Excludes(path))
                {
                    continue;
                }

                if (row.Content is { } content)
                {
                    contents.Add(content);
                }
                else
                {
                    wanted.Add(new WantedDocument(row, path, row.Get, row.Get?.InputFor(scope)));
                }
            }
            catch (InvalidDataException e)
            {
                Lose(path, $"{kind.Name}: {e.Message}");
            }
        }

        return wanted;
    }

    private async Task AddContentAsync(
        string name, ItemScope scope, string folder, CancellationToken cancellationToken)
    {
        if (ContentSources.Of(name) is not { } content)
        {
            Lose(PathText.Join(folder, name), $"this version cannot fetch {name}");
            return;
        }

        var item = new ResourceItem { Scope = scope, Calls = run.Calls, Zips = run.Access?.Zips };
        foreach (SourceEntry entry in await content.EntriesAsync(item, folder, cancellationToken).ConfigureAwait(false))
        {
            if (!run.Exclude.Excludes(entry.Path.ToString()))
            {
                run.Found.Add(entry);
                if (entry is SourceFault)
                {
                    tally.MarkPartial();
                }
            }
        }
    }

    private async Task StoreAsync(
        FoundItem item, string key, IReadOnlyList<WantedDocument> wanted, CancellationToken cancellationToken)
    {
        JsonNode answer;
        try
        {
            answer = wanted[0].Question is not { } question ? item.Scope.Item!
                : key == item.Asked ? item.Answer!
                : await run.Calls.CallAllAsync(question.Operation, wanted[0].Input!, cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (AwsException e)
        {
            foreach (WantedDocument one in wanted.Where(one => !one.Row.Absent.Contains(e.Code)))
            {
                if (await run.StateOfAsync(e, [], cancellationToken).ConfigureAwait(false) != CoverageState.Unsupported)
                {
                    Lose(one.Path, e.Message);
                }
            }

            return;
        }

        foreach (WantedDocument one in wanted)
        {
            try
            {
                if (DocumentForm.Bytes(one.Row, answer, item.Scope) is { } bytes)
                {
                    run.Found.AddDocument(one.Path, bytes);
                }

                if (one.Row.Failed is { } failed && JsonText.Of(failed.First(answer)) is { } why)
                {
                    Lose($"{one.Path}.missing", $"a part of it could not be read: {why}");
                }
            }
            catch (InvalidDataException e)
            {
                Lose(one.Path, $"{kind.Name}: {e.Message}");
            }
        }
    }

    private void Lose(string path, string message)
    {
        run.Found.AddFault(path, message);
        tally.MarkPartial();
    }
}
