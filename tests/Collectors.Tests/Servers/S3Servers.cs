using System.Collections.Concurrent;
using System.Diagnostics;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>The S3 servers that tests run against.</summary>
/// <remarks>
/// Each is started when a test first asks for it and then serves all tests of the process, side by side: a test uses
/// buckets of its own (<see cref="S3Calls.MakeBucketAsync"/>). It ends within seconds of the process's end, however
/// that comes about.
/// </remarks>
internal static class S3Servers
{
    /// <summary>AWS imitated: no signature is checked, no connection kept alive.</summary>
    public const string Moto = "moto";

    /// <summary>
    /// Ceph's RADOS Gateway: signatures count. One that runs: <c>JSTORE_TEST_S3=http://ACCESS:SECRET@HOST:PORT</c>.
    /// </summary>
    public const string Ceph = "ceph";

    private static readonly ConcurrentDictionary<string, Lazy<Task<S3Endpoint>>> Started = new();
    private static readonly ConcurrentDictionary<string, string> Lacks = new();

    /// <summary>Those that can run here; in CI all, whether they can or not.</summary>
    public static TheoryData<string> All() => [.. new[] { Moto, Ceph }.Where(server => Missing(server) is null)];

    /// <summary>What keeps this server from running here, or null; in CI always null: there its tests fail.</summary>
    public static string? Missing(string server)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            return null;
        }

        string lacks = Lacks.GetOrAdd(server, _ => Lacking(server));
        return lacks.Length == 0 ? null : $"{server} cannot run here for want of {lacks} (./test --install)";
    }

    /// <summary>The server, started.</summary>
    public static Task<S3Endpoint> StartAsync(string server) =>
        Started.GetOrAdd(server, _ => new(() => server == Moto ? StartMotoAsync() : StartCephAsync())).Value;

    private static string Lacking(string server)
    {
        string[] programs = server == Moto ? ["moto_server", "aws"] : ["aws"];
        string lacks = string.Join(", ", programs.Where(program => !IsOnPath(program)));
        if (lacks.Length > 0)
        {
            return lacks;
        }

        if (RunAndWait("python3", "-c", "import botocore").Code != 0)
        {
            return "botocore in python3";
        }

        return server == Moto || Environment.GetEnvironmentVariable("JSTORE_TEST_S3") is { Length: > 0 }
            ? "" : RunAndWait(Script("ceph"), "missing").Output.Trim();
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<S3Endpoint> StartMotoAsync()
    {
        Process moto = Start(Script("moto"), $"{Environment.ProcessId}");
        var said = new List<string>();
        while (await moto.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.IndexOf("Running on http://", StringComparison.Ordinal) is var at and >= 0)
            {
                // It goes on to log every request: read on, or it stops when the pipe is full.
                _ = moto.StandardError.BaseStream.CopyToAsync(Stream.Null);
                return new S3Endpoint(new Uri(line[(at + "Running on ".Length)..].Split(' ')[0]), "moto", "moto");
            }
        }

        throw new InvalidOperationException($"moto_server did not start: {string.Join('\n', said)}");
    }

    private static async Task<S3Endpoint> StartCephAsync()
    {
        if (Environment.GetEnvironmentVariable("JSTORE_TEST_S3") is { Length: > 0 } given)
        {
            return S3Endpoint.Parse(given);
        }

        string folder = Path.Combine(Path.GetTempPath(), $"jstore-ceph-{Environment.ProcessId}");
        using Process ceph = Start(Script("ceph"), "start", folder, "0", $"{Environment.ProcessId}");
        Task<string> error = ceph.StandardError.ReadToEndAsync();
        string url = await ceph.StandardOutput.ReadToEndAsync();
        await ceph.WaitForExitAsync();
        return ceph.ExitCode == 0 ? S3Endpoint.Parse(url) : throw new InvalidOperationException(await error);
    }

    private static (int Code, string Output) RunAndWait(string program, params string[] words)
    {
        using Process process = Start(program, words);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static Process Start(string program, params string[] words) =>
        Process.Start(new ProcessStartInfo(program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>The path of a file in <c>tests/Servers</c>.</summary>
    public static string Script(string name)
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "JadaStore.sln")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at is not null
            ? Path.Combine(at, "tests", "Servers", name)
            : throw new InvalidOperationException("The tests run outside their repository.");
    }
}
