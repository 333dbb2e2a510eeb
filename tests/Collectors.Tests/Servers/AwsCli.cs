using System.Diagnostics;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>The AWS CLI as a judge: half a second a call.</summary>
/// <param name="endpoint">The server that it talks to, and to no other.</param>
internal sealed class AwsCli(S3Endpoint endpoint)
{
    /// <summary>Runs <c>aws WORDS</c>, which must succeed.</summary>
    /// <returns>What it prints, or null when it prints nothing.</returns>
    public async Task<JsonNode?> RunAsync(params string[] words)
    {
        string output = await TextAsync([.. words, "--output", "json"]);
        return string.IsNullOrWhiteSpace(output) ? null : JsonNode.Parse(output);
    }

    /// <summary>Runs <c>aws WORDS</c>, which must succeed, and gives its output as it is.</summary>
    public async Task<string> TextAsync(params string[] words)
    {
        var start = new ProcessStartInfo("aws", ["--endpoint-url", endpoint.UrlText, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        endpoint.ApplyTo(start);
        using Process aws = Process.Start(start)!;
        Task<string> output = aws.StandardOutput.ReadToEndAsync();
        Task<string> error = aws.StandardError.ReadToEndAsync();
        await aws.WaitForExitAsync();
        Assert.True(aws.ExitCode == 0, $"aws {string.Join(' ', words)}: {await error}{await output}");
        return await output;
    }
}
