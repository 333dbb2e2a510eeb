using System.Diagnostics;
using System.Text;

namespace JadaStore.Cli.Tests;

/// <summary>Runs other programs as judges, and jstore itself as a real process.</summary>
internal static class Tool
{
    /// <summary>The folder of the repository that these tests belong to.</summary>
    public static string Home { get; } = FindHome();

    public static Task<(int Code, string Out, string Error)> JstoreAsync(string folder, params string[] words) =>
        RunAsync(folder, "", "dotnet", [Path.Combine(AppContext.BaseDirectory, "jstore.dll"), .. words]);

    public static async Task<(int Code, string Out, string Error)> RunAsync(
        string folder, string input, string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        start.Environment.Remove("JSTORE_REPO");
        start.Environment.Remove("JSTORE_PASSWORD");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static string FindHome()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "JadaStore.sln")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at ?? throw new InvalidOperationException("The tests run outside their repository.");
    }
}
