using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Protocols;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Tests.Aws.Judge;

namespace JadaStore.Collectors.Tests.Aws.Protocols;

/// <summary>Every operation of every model against botocore, on random values.</summary>
[Collection(SharedJudge.Name)]
public sealed class ProtocolsJudgedTests(AwsJudge judge)
{
    private const int Cases = 6;

    public static TheoryData<string> Services => KnownModels.Names;

    [JudgeTheory, MemberData(nameof(Services))]
    public void Requests_say_what_botocore_would_send(string service)
    {
        AwsModel model = AwsModel.Of(service);
        IAwsProtocol protocol = AwsProtocols.Of(model);

        // Not ListBuckets: its members have a place in the query, and no bucket in the path.
        string[] names = [.. model.Operations.Where(name => name != "ListBuckets")];
        JsonArray cases = judge.Ask("requests", service, model.Protocol, names, 7, Cases).AsArray();

        Assert.Equal(Cases * names.Length, cases.Count);
        foreach (JsonNode? one in cases)
        {
            AwsOperation operation = model.Operation(Text(one, "operation"));
            JsonObject input = one!["input"]!.AsObject();
            AwsRequest sent = protocol.Write(operation, input);

            Assert.Equal(Text(one, "method"), sent.Method);
            string path = sent.Bucket is null ? sent.Path : $"/{sent.Bucket}{sent.Path}";
            Assert.Equal(Text(one, "path").TrimEnd('/'), path.TrimEnd('/'));
            Assert.Equal(one["host_prefix"]?.ToString(), HostPrefix.Of(operation, input));
            Assert.Equal(
                one["query"]!.AsArray().Select(part => part!.GetValue<string>()).Order(),
                sent.Query.Select(part => $"{part.Key}={part.Value}").Order());
            AssertHeaders(operation, one["headers"]!.AsObject(), sent);
            string body = Body(Text(one, "kind"), Encoding.UTF8.GetString(sent.Body.Span));
            bool same = Text(one, "kind") == "xml" && body.Length > 0
                ? judge.Ask("same_xml", Text(one, "body"), body).GetValue<bool>()
                : Text(one, "kind") == "form"
                    ? string.Join('\n', one["body"]!.AsArray().Select(part => part!.GetValue<string>())) == body
                    : Text(one, "body") == body;
            Assert.True(same, $"{operation.Name}\n{one["body"]}\n{body}");
        }
    }

    [JudgeTheory, MemberData(nameof(Services))]
    public void Answers_read_as_the_AWS_CLI_prints_them(string service)
    {
        AwsModel model = AwsModel.Of(service);
        IAwsProtocol protocol = AwsProtocols.Of(model);
        string[] names = [.. model.Operations.Where(
            name => model.Operation(name) is { Output: not null, Unwrapped: null })];
        JsonArray cases = judge.Ask("answers", service, model.Protocol, names, 11, Cases).AsArray();

        Assert.InRange(cases.Count, Cases * names.Length * 9 / 10, Cases * names.Length);
        foreach (JsonNode? one in cases)
        {
            AwsOperation operation = model.Operation(Text(one, "operation"));
            string body = Text(one, "body");
            KeyValuePair<string, string>[] headers = [.. one!["headers"]!.AsObject().Select(
                header => KeyValuePair.Create(header.Key.ToLowerInvariant(), header.Value!.ToString()))];
            var answer = new WholeAnswer(200, headers, Encoding.UTF8.GetBytes(body));

            string read = Encoding.UTF8.GetString(CanonicalJson.Write(protocol.Read(operation, answer)));

            Assert.True(Text(one, "output") == read, $"{operation.Name}\n{body}\n{one["output"]}\n{read}");
        }
    }

    private static string Text(JsonNode? of, string member) => of![member]!.GetValue<string>();

    private static void AssertHeaders(AwsOperation operation, JsonObject expected, AwsRequest sent)
    {
        // What botocore adds elsewhere: a checksum, and the language of API Gateway.
        string[] elsewhere = ["content-md5", "x-amz-checksum-crc32", "accept"];
        IEnumerable<string> Lines(IEnumerable<(string Name, string Value)> headers) => headers
            .Where(header => !elsewhere.Contains(header.Name)).Select(header => $"{header.Name}: {header.Value}")
                .Order();
        Assert.Equal(
            Lines(expected.Select(header => (header.Key, header.Value!.ToString()))),
            Lines(sent.Headers.Select(header => (header.Key.ToLowerInvariant(), header.Value))));
        string checksum = sent.Method == "GET" ? "x-amz-checksum-crc32" : "Content-MD5";
        Assert.Equal(operation.NeedsChecksum, sent.Headers.Any(header => header.Key == checksum));
    }

    private static string Body(string kind, string body) => kind switch
    {
        "json" => Encoding.UTF8.GetString(CanonicalJson.Write(JsonNode.Parse(body))),
        "form" => string.Join('\n', body.Split('&').Select(Uri.UnescapeDataString).Order(CodePointOrder.Instance)),
        _ => body,
    };
}
