using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>A quick judge, for thousands of objects: AWS's own Python library in a process that stays.</summary>
/// <remarks>
/// Parameters and results are those of the AWS CLI's JSON; see <c>tests/Servers/s3calls.py</c> for how bytes are
/// written. Nothing is tried again. One request to the process at a time, many calls in one request.
/// </remarks>
internal sealed class S3Calls : IAsyncDisposable
{
    private readonly Process _python;
    private readonly Task<string> _error;
    private readonly SemaphoreSlim _turn = new(1);

    private S3Calls(Process python)
    {
        _python = python;
        _error = python.StandardError.ReadToEndAsync();
    }

    public static async Task<S3Calls> ToAsync(S3Endpoint endpoint)
    {
        var start = new ProcessStartInfo("python3", [S3Servers.Script("s3calls.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        endpoint.ApplyTo(start);
        var calls = new S3Calls(Process.Start(start)!);
        await calls.AskAsync(new JsonObject
        {
            ["endpoint"] = endpoint.UrlText,
            ["access_key"] = endpoint.AccessKey,
            ["secret_key"] = endpoint.SecretKey,
            ["region"] = endpoint.Region,
        });
        return calls;
    }

    /// <summary>Makes an empty bucket whose name no other test has.</summary>
    public async Task<string> MakeBucketAsync()
    {
        string bucket = $"jstore-{Guid.NewGuid():n}";
        await CallAsync("CreateBucket", new JsonObject { ["Bucket"] = bucket });
        return bucket;
    }

    /// <summary>Puts an object with nothing but its content.</summary>
    public Task PutAsync(string bucket, string key, string content) =>
        CallAsync("PutObject", new JsonObject { ["Bucket"] = bucket, ["Key"] = key, ["Body"] = Bytes(content) });

    /// <summary>One call that must succeed.</summary>
    public async Task<JsonObject> CallAsync(string operation, JsonObject parameters) =>
        (await CallAllAsync([(operation, parameters)]))[0];

    /// <summary>Many calls side by side that must all succeed.</summary>
    /// <returns>The results in the same order.</returns>
    public async Task<IReadOnlyList<JsonObject>> CallAllAsync(
        IReadOnlyList<(string Operation, JsonObject Parameters)> calls)
    {
        IReadOnlyList<JsonObject> results = await TryAllAsync(calls);
        for (int i = 0; i < results.Count; i++)
        {
            (string operation, JsonObject parameters) = calls[i];
            Assert.False(
                results[i].ContainsKey("error"),
                $"{operation} {parameters.ToJsonString()}: {results[i].ToJsonString()}");
        }

        return results;
    }

    /// <summary>
    /// As <see cref="CallAllAsync"/>, but one that fails gives <c>{"error": CODE, "status": …, "message": …}</c>.
    /// </summary>
    public async Task<IReadOnlyList<JsonObject>> TryAllAsync(
        IReadOnlyList<(string Operation, JsonObject Parameters)> calls, int workers = 8)
    {
        var list = new JsonArray();
        foreach ((string operation, JsonObject parameters) in calls)
        {
            list.Add(new JsonObject { ["operation"] = operation, ["parameters"] = parameters.DeepClone() });
        }

        JsonNode answer = await AskAsync(new JsonObject { ["calls"] = list, ["workers"] = workers });
        return [.. answer.AsArray().Select(result => result!.AsObject())];
    }

    /// <summary>Every object of a bucket.</summary>
    public async Task<BucketState> StateAsync(string bucket) =>
        new((await AskAsync(new JsonObject { ["state"] = bucket })).AsObject());

    /// <summary>Text as the content of an object.</summary>
    public static JsonObject Bytes(string text) => new() { ["text"] = text };

    /// <summary>Bytes as the content of an object.</summary>
    public static JsonObject Bytes(ReadOnlySpan<byte> bytes) => new() { ["base64"] = Convert.ToBase64String(bytes) };

    /// <summary>Bytes that look random, the same for the same seed, as the content of an object.</summary>
    public static JsonObject Bytes(int seed, int length) => new() { ["seed"] = seed, ["length"] = length };

    public async ValueTask DisposeAsync()
    {
        _python.StandardInput.Close();
        await _python.WaitForExitAsync();
        _python.Dispose();
        _turn.Dispose();
    }

    private async Task<JsonNode> AskAsync(JsonObject question)
    {
        await _turn.WaitAsync();
        try
        {
            await _python.StandardInput.WriteLineAsync(question.ToJsonString());
            await _python.StandardInput.FlushAsync();
            return await _python.StandardOutput.ReadLineAsync() is { } line
                ? JsonNode.Parse(line)!
                : throw new InvalidOperationException($"s3calls.py ended: {await _error}");
        }
        finally
        {
            _turn.Release();
        }
    }
}
