using System.Text.Json;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>Reads the rows in a model file; it is part of the program and was checked when it was made, so it is
/// trusted.</summary>
internal static class RowsReader
{
    /// <summary>The rows; null where the file has none.</summary>
    public static ServiceRows? Read(JsonElement root) => root.TryGetProperty("resources", out JsonElement resources)
        ? new ServiceRows
        {
            Service = root.GetProperty("service").GetString()!,
            IsGlobal = root.GetProperty("scope").GetString() == "global",
            NotExported = Texts(root, "not_exported"),
            Kinds = Each(resources, Kind),
            NeedsAccount = resources.GetRawText().Contains("{@account", StringComparison.Ordinal),
        }
        : null;

    private static ResourceKind Kind(JsonElement of)
    {
        bool hasDetail = of.TryGetProperty("detail", out JsonElement detail);
        return new ResourceKind
        {
            Name = of.GetProperty("name").GetString()!,
            List = Question(of, "list"),
            Items = Path(of, "items"),
            Detail = hasDetail ? new(Question(detail, "get")!, Path(detail, "take"), Texts(detail, "absent")) : null,
            When = Conditions(of),
            Folder = RowText.Parse(of.GetProperty("folder").GetString()!),
            Id = Text(of, "id") is { } id ? RowText.Parse($"{{{id}|last}}") : null,
            Absent = Texts(of, "absent"),
            Unsupported = Texts(of, "unsupported"),
            Regions = Texts(of, "regions"),
            IsOnce = of.TryGetProperty("once", out JsonElement once) && once.GetBoolean(),
            Documents = Each(of, "documents", Document),
            Kinds = Each(of, "resources", Kind),
            Actions = [.. Texts(of, "actions"), .. hasDetail ? Texts(detail, "actions") : []],
        };
    }

    private static DocumentRow Document(JsonElement of) => new()
    {
        File = Text(of, "file") is { } file ? RowText.Parse(file) : null,
        Content = Text(of, "content"),
        Get = Question(of, "get"),
        Take = Path(of, "take"),
        Raw = Path(of, "raw"),
        IsBlob = of.TryGetProperty("blob", out _),
        Text = Path(of, "text"),
        Needs = Path(of, "needs"),
        Failed = Path(of, "failed"),
        Drop = [.. Texts(of, "drop").Select(MemberPath.Parse)],
        Sets = [.. Texts(of, "sets").Select(Order).OrderByDescending(order => order.List.Depth)],
        Json = [.. Texts(of, "json").Select(MemberPath.Parse)],
        Absent = Texts(of, "absent"),
        When = Conditions(of),
        Actions = Texts(of, "actions"),
    };

    private static ListOrder Order(string text)
    {
        string[] parts = text.Split(':');
        return new ListOrder(MemberPath.Parse(parts[0]), parts.Length > 1 ? MemberPath.Parse(parts[1]) : null);
    }

    private static RowQuestion? Question(JsonElement of, string key) => Text(of, key) is { } operation
        ? new RowQuestion(operation, JsonNode.Parse(of.GetProperty("input").GetRawText())!.AsObject())
        : null;

    private static IReadOnlyList<RowCondition> Conditions(JsonElement of) =>
        [.. Texts(of, "when").Select(RowCondition.Parse)];

    private static MemberPath? Path(JsonElement of, string key) =>
        Text(of, key) is { } path ? MemberPath.Parse(path) : null;

    private static string? Text(JsonElement of, string key) =>
        of.TryGetProperty(key, out JsonElement found) ? found.GetString() : null;

    private static IReadOnlyList<string> Texts(JsonElement of, string key) =>
        of.TryGetProperty(key, out JsonElement found) ? Each(found, item => item.GetString()!) : [];

    private static IReadOnlyList<T> Each<T>(JsonElement of, string key, Func<JsonElement, T> read) =>
        of.TryGetProperty(key, out JsonElement found) ? Each(found, read) : [];

    private static IReadOnlyList<T> Each<T>(JsonElement list, Func<JsonElement, T> read) =>
        [.. list.EnumerateArray().Select(read)];
}
