using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Tests.Aws.Judge;

/// <summary>
/// One Python process that has moto, the AWS CLI and botocore in it: <c>aws_judge.py</c>. Ends with its input.
/// </summary>
public sealed class AwsJudge : IDisposable
{
    private static readonly Lazy<string?> FoundPython = new(FindPython);

    private readonly Process _process;
    private readonly Lazy<string> _endpoint;

    public AwsJudge()
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Aws", "Judge", "aws_judge.py");
        _process = Process.Start(new ProcessStartInfo(Python, [script])
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

    /// <summary>Whether this machine has what it needs.</summary>
    public static bool IsHere => FoundPython.Value is not null;

    /// <summary>The URL of moto.</summary>
    public string Endpoint => _endpoint.Value;

    /// <summary>The Python that has all that is needed.</summary>
    internal static string Python => FoundPython.Value ?? "python3";

    public JsonNode Ask(params object[] words)
    {
        lock (_process)
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(words));
            _process.StandardInput.Flush();
            return JsonNode.Parse(
                _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The judge ended."))!;
        }
    }

    /// <summary>Runs <c>aws</c>; what it prints, in canonical order. It must succeed.</summary>
    public string Aws(params string[] words)
    {
        (int code, string text, string error) = TryAws(words);
        return code == 0 ? text : throw new InvalidOperationException($"aws {string.Join(' ', words)}: {error}");
    }

    /// <summary>Runs <c>aws</c>.</summary>
    public (int Code, string Out, string Error) TryAws(params string[] words)
    {
        JsonNode answer = Ask(["aws", .. words]);
        return (answer["code"]!.GetValue<int>(), answer["out"]!.GetValue<string>(), answer["err"]!.GetValue<string>());
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

    // The Python beside `aws`, which has what `aws` has, or the first on the path.
    private static string? FindPython() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => File.Exists(Path.Combine(folder, "aws")))
        .Select(folder => Path.Combine(folder, "python3"))
        .Where(File.Exists)
        .Append("python3")
        .FirstOrDefault(HasAll);

    private static bool HasAll(string python)
    {
        var start = new ProcessStartInfo(
            python, ["-c", "import awscli.clidriver, moto.server"]) { RedirectStandardError = true };
        using Process? process = Process.Start(start);
        process?.StandardError.ReadToEnd();
        process?.WaitForExit();
        return process?.ExitCode == 0;
    }
}
