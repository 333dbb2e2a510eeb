using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>
/// Where something stands in an answer: <c>Distribution.Origins.Items[].Id</c>. <c>[]</c> leads to all items of a list
/// or
/// values of a map, <c>[0]</c> to the first; a <c>{variable}</c> is a member's name.
/// </summary>
internal sealed partial class MemberPath
{
    private readonly Step[] _steps;

    private MemberPath(Step[] steps) => _steps = steps;

    /// <summary>How many steps it has.</summary>
    public int Depth => _steps.Length;

    /// <summary>Reads it; empty leads nowhere else.</summary>
    public static MemberPath Parse(string path)
    {
        var steps = new List<Step>();
        foreach (Match match in Segments().Matches(path))
        {
            string segment = match.Value;
            int brackets = segment.IndexOf('[', StringComparison.Ordinal);
            string name = brackets < 0 ? segment : segment[..brackets];
            steps.Add(name.StartsWith('{') ? new Step(null, RowText.Parse(name), 0) : new Step(name, null, 0));
            for (int at = name.Length; at < segment.Length; at = segment.IndexOf(']', at) + 1)
            {
                steps.Add(new Step(null, null, segment[at + 1] == ']' ? int.MaxValue : 1));
            }
        }

        return new MemberPath([.. steps]);
    }

    /// <summary>What stands there; nulls and what is missing left out.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="scope">For variables; null where there are none.</param>
    public IEnumerable<JsonNode> All(JsonNode? from, ItemScope? scope = null) => All(from, scope, _steps);

    /// <summary>The first of all; null when there is none.</summary>
    public JsonNode? First(JsonNode? from, ItemScope? scope = null) => All(from, scope).FirstOrDefault();

    /// <summary>Takes it out, wherever it stands; the path ends in a name.</summary>
    public void Remove(JsonNode from)
    {
        foreach (JsonObject members in All(from, null, _steps.AsSpan()[..^1].ToArray()).OfType<JsonObject>().ToList())
        {
            members.Remove(_steps[^1].Name!);
        }
    }

    /// <summary>Puts something else in its place, wherever it stands.</summary>
    /// <param name="from">Where to begin; not itself replaced.</param>
    /// <param name="change">What to put; null: leave it.</param>
    public void Replace(JsonNode from, Func<JsonNode, JsonNode?> change)
    {
        foreach (JsonNode old in All(from).ToList())
        {
            if (change(old) is not { } now)
            {
                continue;
            }

            if (old.Parent is JsonObject members)
            {
                members[old.GetPropertyName()] = now;
            }
            else if (old.Parent is JsonArray items)
            {
                items[old.GetElementIndex()] = now;
            }
        }
    }

    private static IEnumerable<JsonNode> All(JsonNode? from, ItemScope? scope, Step[] steps)
    {
        IEnumerable<JsonNode?> at = [from];
        foreach (Step step in steps)
        {
            at = at.SelectMany(one => step.From(one, scope));
        }

        return at.OfType<JsonNode>();
    }

    [GeneratedRegex(@"\{[^{}]*\}|[^.]+")]
    private static partial Regex Segments();

    /// <param name="Name">A member; null: not that.</param>
    /// <param name="Variable">A member whose name varies; null: not that.</param>
    /// <param name="Most">How many of a list or map; 0: it is a member.</param>
    private sealed record Step(string? Name, RowText? Variable, int Most)
    {
        public IEnumerable<JsonNode?> From(JsonNode? from, ItemScope? scope) => (Most, from) switch
        {
            (0, JsonObject members) => [members[Name ?? Variable!.Plain(scope!)]],
            ( > 0, JsonArray items) => items.Take(Most),
            ( > 0, JsonObject map) => map.Select(member => member.Value).Take(Most),
            _ => [],
        };
    }
}
