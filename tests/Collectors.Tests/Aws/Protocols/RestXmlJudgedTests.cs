using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Protocols;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Tests.Aws.Judge;

namespace JadaStore.Collectors.Tests.Aws.Protocols;

/// <summary>Every operation of the model against botocore, on random values.</summary>
[Collection(SharedJudge.Name)]
public sealed class RestXmlJudgedTests(AwsJudge judge)
{
    private readonly AwsModel _s3 = AwsModel.Load("s3");
    private readonly RestXml _protocol = new();

    [JudgeFact]
    public void Requests_say_what_botocore_would_send()
    {
        string[] names = [.. _s3.Operations.Where(name => name != "ListBuckets")];
        JsonArray cases = judge.Ask("requests", "s3", names, 7, 12).AsArray();

        Assert.True(cases.Count == 12 * names.Length);
        foreach (JsonNode? one in cases)
        {
            AwsOperation operation = _s3.Operation(one!["operation"]!.GetValue<string>());
            AwsRequest sent = _protocol.Write(operation, one["input"]!.AsObject());

            Assert.Equal(one["method"]!.GetValue<string>(), sent.Method);
            Assert.Equal(one["path"]!.GetValue<string>(), $"/{sent.Bucket}{sent.Path.TrimEnd('/')}");
            Assert.Equal(
                one["query"]!.AsArray().Select(part => part!.GetValue<string>()).Order(),
                sent.Query.Select(part => $"{part.Key}={part.Value}").Order());
            string body = one["body"]!.GetValue<string>(), ours = Encoding.UTF8.GetString(sent.Body.Span);
            bool same = one["xml"]!.GetValue<bool>() && ours.Length > 0
                ? judge.Ask("same_xml", body, ours).GetValue<bool>()
                : body == ours;
            Assert.True(same, $"{operation.Name}\n{body}\n{ours}");
            IEnumerable<string> headers = sent.Headers.Where(header => header.Key != "Content-MD5").Select(
                header => $"{header.Key.ToLowerInvariant()}: {header.Value}");
            Assert.Equal(
                one["headers"]!.AsObject().Where(header => header.Key != "content-md5").Select(
                    header => $"{header.Key}: {header.Value}").Order(), headers.Order());
            Assert.Equal(operation.NeedsChecksum, sent.Headers.Any(header => header.Key == "Content-MD5"));
        }
    }

    [JudgeFact]
    public void Answers_read_as_the_AWS_CLI_prints_them()
    {
        string[] names = [.. _s3.Operations.Where(
            name => _s3.Operation(name) is { Output: not null, Unwrapped: null })];
        JsonArray cases = judge.Ask("answers", "s3", names, 11, 12).AsArray();

        Assert.True(cases.Count == 12 * names.Length);
        foreach (JsonNode? one in cases)
        {
            AwsOperation operation = _s3.Operation(one!["operation"]!.GetValue<string>());
            string body = one["body"]!.GetValue<string>();
            var answer = new WholeAnswer(
                200, [.. one["headers"]!.AsObject().Select(header => KeyValuePair.Create(header.Key, header.Value!.ToString()))], Encoding.UTF8.GetBytes(body));

            string read = Encoding.UTF8.GetString(CanonicalJson.Write(_protocol.Read(operation, answer)));

            Assert.True(
                one["output"]!.GetValue<string>() == read, $"{operation.Name}\n{body}\n{one["output"]}\n{read}");
        }
    }
}
