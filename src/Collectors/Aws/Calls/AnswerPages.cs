using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Calls;

/// <summary>Leads from one page of an answer to the next.</summary>
internal sealed class AnswerPages(AwsOperation operation, AwsPaging paging)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Puts what asks for the next page into the input; false at the last page.</summary>
    /// <exception cref="AwsException">The tokens came before: the pages would never end.</exception>
    public bool TakeTokens(JsonObject page, JsonObject input)
    {
        if (paging.More is { } more && At(page, more)?.GetValueKind() is not JsonValueKind.True)
        {
            return false;
        }

        JsonNode?[] tokens = [.. paging.Output.Select(path => At(page, path))];
        if (Array.TrueForAll(tokens, token => token is null || token.ToString().Length == 0))
        {
            return paging.More is null ? false : throw new AwsException(
                operation.Name, 200, AwsCalls.Malformed,
                $"{operation.Name}: the answer says that there is more, and not where.");
        }

        if (!_seen.Add(string.Join('\0', tokens.Select(token => token?.ToString()))))
        {
            throw new AwsException(
                operation.Name, 200, AwsCalls.Malformed, $"{operation.Name}: the pages of the answer go in a circle.");
        }

        for (int i = 0; i < tokens.Length; i++)
        {
            input[paging.Input[i]] = tokens[i]?.DeepClone();
        }

        return true;
    }

    /// <summary>Adds a page's items to the first page's: those of lists, and those of maps.</summary>
    /// <exception cref="AwsException">What is a list on one page is a map on another.</exception>
    public void Append(JsonObject first, JsonObject page)
    {
        foreach (string result in paging.Results)
        {
            switch (At(first, result), At(page, result))
            {
                case (JsonArray all, JsonArray more):
                    foreach (JsonNode? item in more)
                    {
                        all.Add(item?.DeepClone());
                    }

                    break;
                case (JsonObject all, JsonObject more):
                    foreach ((string name, JsonNode? value) in more)
                    {
                        all[name] = value?.DeepClone();
                    }

                    break;
                case (null, { } more):
                    if (Parent(first, result) is { } parent)
                    {
                        parent[Last(result)] = more.DeepClone();
                    }

                    break;
                case (_, JsonArray or JsonObject):
                    throw new AwsException(
                        operation.Name, 200, AwsCalls.Malformed,
                        $"{operation.Name}: the pages of {result} differ in kind.");
            }
        }
    }

    /// <summary>Takes out what only leads from page to page, and what holds for one page alone.</summary>
    public void Finish(JsonObject first)
    {
        foreach (string path in paging.Output.Concat(paging.Input).Append(paging.More ?? ""))
        {
            Parent(first, path)?.Remove(Last(path));
        }

        if (paging.Keep is { } keep && operation.Output?.Shape is StructureShape shape)
        {
            Trim(shape, first, [.. paging.Results, .. keep]);
        }
    }

    private static void Trim(StructureShape shape, JsonObject of, string[] paths)
    {
        foreach ((string name, ShapeUse use) in shape.Members)
        {
            if (paths.Contains(name))
            {
                continue;
            }

            string above = name + ".";
            string[] below = [.. paths.Where(path => path.StartsWith(above, StringComparison.Ordinal))
                .Select(path => path[above.Length..])];
            if (below.Length > 0 && use.Shape is StructureShape inner && of[name] is JsonObject members)
            {
                Trim(inner, members, below);
            }
            else
            {
                of.Remove(name);
            }
        }
    }

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static JsonNode? At(JsonObject of, string path) => Parent(of, path)?[Last(path)];

    private static JsonObject? Parent(JsonObject of, string path)
    {
        JsonObject? at = of;
        foreach (string step in path.Split('.').SkipLast(1))
        {
            at = at?[step] as JsonObject;
        }

        return at;
    }
}
