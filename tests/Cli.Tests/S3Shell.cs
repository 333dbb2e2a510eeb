using System.Diagnostics;
using System.Text;
using JadaStore.Collectors.Tests.Servers;

namespace JadaStore.Cli.Tests;

/// <summary>Runs jstore as a process that finds an S3 server's keys in its environment, as a person's would.</summary>
internal sealed class S3Shell(S3Endpoint endpoint) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jstore-s3-");

    /// <summary>What it finds in its environment besides.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string Folder => _folder.FullName;

    public string Text { get; private set; } = "";

    public string Error { get; private set; } = "";

    public async Task<int> RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "jstore.dll"), .. words])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        endpoint.ApplyTo(start);
        start.Environment.Remove("JSTORE_REPO");
        start.Environment.Remove("JSTORE_PASSWORD");
        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }

        using Process jstore = Process.Start(start)!;
        Task<string> output = jstore.StandardOutput.ReadToEndAsync();
        Task<string> error = jstore.StandardError.ReadToEndAsync();
        await jstore.WaitForExitAsync();
        (Text, Error) = (await output, await error);
        return jstore.ExitCode;
    }

    public void Write(string path, string text) => File.WriteAllText(Path.Combine(Folder, path), text);

    public void Dispose() => _folder.Delete(recursive: true);
}
