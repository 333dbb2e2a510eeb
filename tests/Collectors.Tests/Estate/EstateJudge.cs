using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.Aws.Judge;
using JadaStore.Collectors.Tests.Servers;

namespace JadaStore.Collectors.Tests.Estate;

/// <summary>
/// One Python process that has an account of AWS in moto, the AWS CLI, and answers made from botocore's models:
/// <c>tests/Servers/estate/judge.py</c>. Ends with its input.
/// </summary>
internal sealed class EstateJudge : IDisposable
{
    private readonly Process _process;
    private readonly Lazy<string> _endpoint;

    public EstateJudge()
    {
        _process = Process.Start(new ProcessStartInfo(AwsJudge.Python, [S3Servers.Script("estate/judge.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _endpoint = new Lazy<string>(() => Ask("endpoint").GetValue<string>());
    }

    /// <summary>The URL of moto, which has the account in it.</summary>
    public string Endpoint => _endpoint.Value;

    public JsonNode Ask(params object[] words)
    {
        lock (_process)
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(words));
            _process.StandardInput.Flush();
            JsonNode said = JsonNode.Parse(
                _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The judge ended."))!;
            return said is JsonObject members && members.TryGetPropertyValue("failed", out JsonNode? trace)
                ? throw new InvalidOperationException(trace!.GetValue<string>()) : said;
        }
    }

    /// <summary>How what was captured differs from what the judge says.</summary>
    public Verdict Judge(string command, string service, CapturedTree tree)
    {
        JsonNode said = Ask(
            command, service, tree.Files.ToDictionary(file => file.Key, file => Convert.ToBase64String(file.Value)),
            tree.Faults);
        return new Verdict(Texts(said["wrong"]!), Texts(said["unseen"]!), said["documents"]!.GetValue<int>());
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static IReadOnlyList<string> Texts(JsonNode list) =>
        [.. list.AsArray().Select(one => one!.GetValue<string>())];
}
