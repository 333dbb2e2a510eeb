using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Collectors.Tests.Aws;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>A Lambda that has some functions and layers, and whose answers are as AWS's.</summary>
internal sealed class LambdaGround : IDisposable
{
    public LambdaGround()
    {
        Transport = new FakeTransport(Answer);
        Calls = new AwsCalls(AwsModel.Of("lambda"), Transport);
    }

    public ZipGround Zips { get; } = new();

    public FakeTransport Transport { get; }

    public AwsCalls Calls { get; }

    /// <summary>What is there now, by <c>function</c>, <c>function:3</c> or <c>layer/3</c>.</summary>
    public Dictionary<string, byte[]> Code { get; } = [];

    /// <summary>The operations that were asked for, in order.</summary>
    public IEnumerable<string> Asked => Transport.Sent.Select(request => request.Operation);

    public static string Sha256(byte[] bytes) => Convert.ToBase64String(SHA256.HashData(bytes));

    /// <summary>A function as lists have it.</summary>
    public JsonObject Function(string name, string version = "$LATEST") => new()
    {
        ["FunctionName"] = name,
        ["Version"] = version,
        ["PackageType"] = "Zip",
        ["CodeSize"] = Of(name, version).Length,
        ["CodeSha256"] = Sha256(Of(name, version)),
    };

    public ResourceItem Item(JsonObject json) => new()
    {
        Scope = new ItemScope { Region = "eu-west-1", Account = "" }.Within("functions", json),
        Calls = Calls,
        Zips = Zips.Zips,
    };

    public async Task<ListedSource> SourceAsync(params (string Content, JsonObject Json, string Folder)[] items)
    {
        var entries = new List<SourceEntry>();
        foreach ((string content, JsonObject json, string folder) in items)
        {
            entries.AddRange(await ContentSources.Of(content)!.EntriesAsync(Item(json), folder, default));
        }

        return new ListedSource("lambda", [.. entries]) { ReadsAtOnce = 8 };
    }

    public void Dispose() => Zips.Dispose();

    private byte[] Of(string name, string version) => Code[version == "$LATEST" ? name : $"{name}:{version}"];

    private string Answer(AwsRequest request)
    {
        string[] path = request.Path.Split('/');
        if (request.Operation == "GetLayerVersion")
        {
            // /2018-10-31/layers/NAME/versions/3
            string layer = $"{path[3]}/{path[5]}";
            byte[] content = Code[layer];
            Zips.Server.Files["/" + layer] = content;
            return new JsonObject
            {
                ["Content"] = new JsonObject
                {
                    ["Location"] = Zips.Url(layer), ["CodeSha256"] = Sha256(content), ["CodeSize"] = content.Length,
                },
                ["Version"] = int.Parse(path[5], System.Globalization.CultureInfo.InvariantCulture),
            }.ToJsonString();
        }

        Assert.Equal("GetFunction", request.Operation);
        if (path[3] == "image")
        {
            return """
                {"Configuration": {"PackageType": "Image", "CodeSha256": "abc"},
                 "Code": {"RepositoryType": "ECR", "ImageUri": "1.dkr.ecr.x.amazonaws.com/a:latest",
                          "ResolvedImageUri": "1.dkr.ecr.x.amazonaws.com/a@sha256:00",
                              "Location": "https://x/?SECRET-TOKEN"}}
                """;
        }

        string? qualifier = request.Query.FirstOrDefault(one => one.Key == "Qualifier").Value;
        string name = qualifier is null ? path[3] : $"{path[3]}:{qualifier}";
        byte[] code = Code[name];
        string place = name.Replace(':', '/');
        Zips.Server.Files["/" + place] = code;
        return new JsonObject
        {
            ["Configuration"] = new JsonObject { ["FunctionName"] = path[3], ["CodeSha256"] = Sha256(code) },
            [nameof(Code)] = new JsonObject { ["RepositoryType"] = "S3", ["Location"] = Zips.Url(place) },
        }.ToJsonString();
    }
}
