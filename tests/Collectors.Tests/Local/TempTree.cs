using System.Diagnostics;
using System.Text;
using JadaStore.Collectors.Local;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local;

/// <summary>A folder of its own for one test, gone when the test is.</summary>
public sealed class TempTree : IDisposable
{
    /// <summary>Long before any test runs, so that no stamp is too young.</summary>
    public static readonly DateTime Old = new(2020, 2, 2, 2, 2, 2, DateTimeKind.Utc);

    public TempTree()
    {
        Root = Directory.CreateTempSubdirectory("jstore-local-").FullName;
        Run("chmod", "755", Root);
    }

    public string Root { get; }

    public string this[string path] => Path.Join(Root, path);

    public string File(string path, string text = "") => File(path, Encoding.UTF8.GetBytes(text));

    public string File(string path, byte[] bytes)
    {
        string full = this[path];
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllBytes(full, bytes);
        return full;
    }

    public string Folder(string path) => Directory.CreateDirectory(this[path]).FullName;

    /// <summary>Runs a shell script in the tree; for what .NET has no call for.</summary>
    public string Shell(string script) => Run("sh", "-ec", $"cd \"$0\"\n{script}", Root);

    internal LocalFolder Source(LocalFolderOptions? options = null) => new(Root, "local/test", options);

    internal async Task<List<SourceEntry>> WalkAsync(LocalFolderOptions? options = null) =>
        await Source(options).CollectAsync(CancellationToken.None).ToListAsync();

    internal async Task<SourceEntry> FindAsync(string path, LocalFolderOptions? options = null) =>
        Assert.Single(await WalkAsync(options), entry => entry.Path == new EntryPath(path));

    internal async Task<List<string>> PathsAsync(LocalFolderOptions? options = null) =>
        [.. (await WalkAsync(options)).Select(entry => entry.Path.ToString())];

    public static string Run(string program, params string[] arguments)
    {
        using Process process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed: {process.ExitCode}");
        return output;
    }

    public void Dispose() => Run("rm", "-rf", Root);
}
