using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Tests.Aws;
using JadaStore.Collectors.Tests.Aws.Judge;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Estate;

/// <summary>
/// All rows, against what the AWS CLI says: of an account in moto, and of answers made from botocore's models for
/// whatever moto lacks, which is all of Lightsail and parts of most services.
/// </summary>
[Collection(SharedEstate.Name)]
public sealed class EstateTests(CapturedEstate estate)
{
    private const string Mark = "SECRET-MARK";

    /// <summary>Each is one of the table.</summary>
    public static TheoryData<string> Services => [.. AwsServices.Names];

    [JudgeFact]
    public void Moto_takes_all_of_the_account() => Assert.Empty(estate.Judge.Ask("refused").AsArray());

    [JudgeTheory, MemberData(nameof(Services))]
    public void Documents_are_what_the_aws_cli_prints(string service) =>
        AssertNone(estate.VerdictOf(service).Wrong);

    /// <summary>The judge asks by the CLI's session, for it is fast; the CLI itself must say the same.</summary>
    [JudgeTheory, MemberData(nameof(Services))]
    public void The_judge_says_what_the_cli_says(string service) =>
        Assert.Equal("", estate.Judge.Ask("cli", service).GetValue<string>());

    [JudgeTheory, MemberData(nameof(Services))]
    public async Task Documents_of_made_up_answers_are_what_the_aws_cli_would_print(string service)
    {
        CapturedTree tree = await InventedAsync(service);

        AssertNone(estate.Judge.Judge("judge-invented", service, tree).Wrong);
        Assert.All(tree.Files, file => Assert.Equal(-1, file.Value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Mark))));
    }

    [JudgeFact]
    public async Task Every_row_is_seen()
    {
        foreach (string service in AwsServices.Names)
        {
            IReadOnlyList<string> unseen = estate.VerdictOf(service).Unseen;
            if (unseen.Count > 0)
            {
                Verdict invented = estate.Judge.Judge("judge-invented", service, await InventedAsync(service));
                AssertNone(unseen.Intersect(invented.Unseen).Select(row => $"{service}: {row}"));
            }
        }
    }

    [JudgeFact]
    public void What_did_not_change_adds_next_to_nothing()
    {
        AssertNone(estate.First.Record.Sources.Zip(estate.Second.Record.Sources)
            .Where(pair => pair.First.Tree != pair.Second.Tree).Select(pair => pair.First.Root));
        Assert.InRange(estate.Second.Record.AddedBytes, 0, 100_000);
    }

    [JudgeFact]
    public void No_secret_is_captured()
    {
        byte[][] marks = [.. Spellings(Mark).Concat(Spellings("SECRET.MARK")).Select(Encoding.UTF8.GetBytes)];
        string record = JsonSerializer.Serialize(estate.First.Record);

        AssertNone(estate.Trees.SelectMany(tree => tree.Value.Files
            .Where(file => marks.Any(mark => file.Value.AsSpan().IndexOf(mark) >= 0
                || Encoding.UTF8.GetBytes(file.Key).AsSpan().IndexOf(mark) >= 0))
            .Select(file => $"{tree.Key}/{file.Key}")));
        Assert.DoesNotContain(Mark, record, StringComparison.Ordinal);
    }

    /// <summary>What is searched for is found where it is, so that finding none says something.</summary>
    [JudgeFact]
    public void What_is_kept_is_found_and_what_is_secret_is_there()
    {
        Assert.Contains(
            "KEPT-MARK-environment",
            Encoding.UTF8.GetString(estate.Trees["lambda"].Files["us-east-1/booking-webhook/configuration.json"]),
            StringComparison.Ordinal);
        Assert.All(
            [
                estate.Judge.Ask("ask", "secretsmanager", "GetSecretValue", new { SecretId = "plain" }),
                estate.Judge.Ask("ask", "apigateway", "GetApiKeys", new { includeValues = true }),
                estate.Judge.Ask("ask", "ssm", "GetParameter", new { Name = "/prod/db", WithDecryption = true }),
            ],
            answer => Assert.Contains(Mark, answer.ToJsonString(), StringComparison.Ordinal));
    }

    private async Task<CapturedTree> InventedAsync(string service)
    {
        JsonObject answers = estate.Judge.Ask("invented", service).AsObject();
        AwsModel model = AwsModel.Of(service);
        var sts = new AwsCalls(AwsModel.Of("sts"), new FakeTransport(_ => """
            <GetCallerIdentityResponse>
              <GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult>
            </GetCallerIdentityResponse>
            """));
        using AwsAccess access = CapturedEstate.Access("http://127.0.0.1:9");
        var source = new AwsServiceSource(
            AwsServices.Of(service), new AwsServiceOptions { Regions = ["us-east-1"] },
            _ => new AwsCalls(model, new InventedTransport(answers)), new AwsCaller(sts), access: access);
        var tree = new CapturedTree([], []);
        await foreach (SourceEntry entry in source.CollectAsync(default))
        {
            string path = Encoding.UTF8.GetString(entry.Path.Span);
            if (entry is SourceFault)
            {
                tree.Faults.Add(path);
            }
            else if (entry.Kind == EntryKind.File && entry is Collectors.Aws.Documents.DocumentEntry)
            {
                tree.Files.Add(path, await BytesAsync(entry));
            }
        }

        return tree;
    }

    private static async Task<byte[]> BytesAsync(SourceEntry entry)
    {
        await using ContentReader reader = await entry.OpenAsync(default);
        byte[] bytes = new byte[entry.Size];
        int at = 0;
        while (at < bytes.Length && await reader.ReadAsync(bytes.AsMemory(at), default) is { Bytes: > 0 } read)
        {
            at += read.Bytes;
        }

        return bytes;
    }

    private static void AssertNone(IEnumerable<string> wrong)
    {
        string[] lines = [.. wrong.Take(20)];
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }

    // As it is, and in base64, in which it begins at any of three places.
    private static IEnumerable<string> Spellings(string mark) =>
    [
        mark,
        .. Enumerable.Range(0, 3).Select(shift => Convert.ToBase64String(
            Encoding.UTF8.GetBytes(new string('x', shift) + mark + "xx"))[(shift == 0 ? 0 : 4)..^4]),
    ];
}
