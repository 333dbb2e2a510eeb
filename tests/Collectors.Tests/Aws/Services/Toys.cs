using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Aws.Services;

/// <summary>A service made up for tests: toys, which have parts. Answers from a table; keeps what was asked.</summary>
internal sealed class Toys
{
    private const string Model = """
        {
          "service": "toys", "protocol": "rest-xml", "api_version": "1", "endpoint_prefix": "toys",
          "signing_name": "toys", "service_id": "Toys", "scope": "SCOPE",
          "operations": {
            "ListToys": {"http": "GET /toys", "output": "ToyList"},
            "GetToy": {"http": "GET /toy", "input": "ToyRequest", "output": "ToyAnswer"},
            "ListParts": {"http": "GET /parts", "input": "ToyRequest", "output": "PartList"},
            "GetPaint": {"http": "GET /paint", "input": "ToyRequest", "output": "Paint"},
            "GetCallerIdentity": {"http": "GET /me", "output": "Caller"}
          },
          "shapes": {
            "ToyRequest": {"structure": {"Name": {"shape": "string", "location": "querystring", "locationName": "name"}}},
            "ToyList": {"structure": {"Toys": "ToyItems", "Owner": "string"}},
            "ToyItems": {"list": "Toy"},
            "Toy": {"structure": {"Name": "string", "Id": "string", "Owner": "string", "Tags": "Texts", "Count": "long"}},
            "ToyAnswer": {"structure": {"Toy": "Toy", "Seen": "string"}},
            "PartList": {"structure": {"Parts": "PartItems"}},
            "PartItems": {"list": "Part"},
            "Part": {"structure": {"Name": "string"}},
            "Paint": {"structure": {"Colour": "string", "Gloss": "string"}},
            "Caller": {"structure": {"Account": "string"}},
            "Texts": {"list": "string"}
          },
          "not_exported": ["dreams: what a toy dreams of cannot be read"],
          "resources": ROWS
        }
        """;

    /// <summary>Lists all, and stores each as it is listed.</summary>
    public const string ListRow = """
        "name": "toys", "list": "ListToys", "input": {}, "items": "Toys", "folder": "{Name}", "actions": []
        """;

    private readonly List<string> _asked = [];

    private const string Who = "sts GetCallerIdentity";

    /// <summary>What was asked of the toys: <c>us-east-1 GetToy bear</c>.</summary>
    public IReadOnlyList<string> Asked => [.. All.Where(one => one != Who)];

    /// <summary>How often it was asked whose keys are in use.</summary>
    public int AskedWho => All.Count(one => one == Who);

    /// <summary>Answers, as JSON, by region, operation and name; null: by the defaults.</summary>
    public Func<string, string, string, string?> Answer { get; init; } = (_, _, _) => null;

    /// <summary>Answers a request with an error.</summary>
    public static string Refuse(string code, int status = 400) =>
        throw new AwsException("Asked", status, code, $"Asked: {code} ({status})");

    /// <summary>The source of all toys.</summary>
    public AwsServiceSource Source(string rows, AwsServiceOptions? options = null, bool isGlobal = false)
    {
        string text = Model.Replace("ROWS", rows, StringComparison.Ordinal)
            .Replace("SCOPE", isGlobal ? "global" : "regional", StringComparison.Ordinal);
        JsonElement root = JsonDocument.Parse(text).RootElement;
        AwsModel model = new ModelReader(root).Read();
        options ??= new AwsServiceOptions { Regions = ["us-east-1"] };
        return new AwsServiceSource(
            RowsReader.Read(root)!, options,
            region => new AwsCalls(model, new FakeTransport(one => AnswerTo(region, one))),
            new AwsCaller(new AwsCalls(model, new FakeTransport(one => AnswerTo("sts", one)))));
    }

    /// <summary>What a source gives: the texts of its documents and the messages of its faults, by path.</summary>
    public static async Task<Dictionary<string, string>> ReadAsync(ICollector source)
    {
        var read = new Dictionary<string, string>();
        EntryPath? last = null;
        await foreach (SourceEntry entry in source.CollectAsync(default))
        {
            Assert.True(last is null || last < entry.Path, $"{entry.Path} came after {last}.");
            last = entry.Path;
            read.Add(
                entry.Path.ToString(), entry is SourceFault fault ? "FAULT " + fault.Message : await TextAsync(entry));
        }

        return read;
    }

    private static async Task<string> TextAsync(SourceEntry entry)
    {
        await using ContentReader reader = await entry.OpenAsync(default);
        byte[] bytes = new byte[entry.Size + 1];
        ContentRead part = await reader.ReadAsync(bytes, default);
        Assert.Equal(entry.Size, part.Bytes);
        return Encoding.UTF8.GetString(bytes, 0, part.Bytes);
    }

    private IReadOnlyList<string> All
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked.Order(StringComparer.Ordinal)];
            }
        }
    }

    private string AnswerTo(string region, AwsRequest request)
    {
        string name = request.Query.Select(one => one.Value).FirstOrDefault() ?? "";
        lock (_asked)
        {
            _asked.Add($"{region} {request.Operation} {name}".TrimEnd());
        }

        string json = Answer(region, request.Operation, name) ?? request.Operation switch
        {
            "ListToys" => """{"Toys": [{"Name": "bear", "Id": "t/1"}, {"Name": "ant", "Id": "t/2"}]}""",
            "GetToy" => $$"""{"Toy": {"Name": "{{name}}"}, "Seen": "today"}""",
            "ListParts" => $$"""{"Parts": [{"Name": "{{name}} leg"}]}""",
            "GetPaint" => """{"Colour": "red", "Gloss": "high"}""",
            "GetCallerIdentity" => """{"Account": "123456789012"}""",
            _ => throw new InvalidOperationException(request.Operation),
        };
        var xml = new StringBuilder();
        Write(xml, "Answer", JsonNode.Parse(json));
        return xml.ToString();
    }

    private static void Write(StringBuilder xml, string name, JsonNode? value)
    {
        xml.Append(CultureInfo.InvariantCulture, $"<{name}>");
        foreach ((string member, JsonNode? of) in value as JsonObject ?? [])
        {
            Write(xml, member, of);
        }

        foreach (JsonNode? item in value as JsonArray ?? [])
        {
            Write(xml, "member", item);
        }

        xml.Append(value is JsonValue ? System.Security.SecurityElement.Escape(value.ToString()) : "");
        xml.Append(CultureInfo.InvariantCulture, $"</{name}>");
    }
}
