using System.Diagnostics;
using System.Text;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>A folder to restore into, with a folder beside it that no restore may touch.</summary>
internal sealed class Grounds : IDisposable
{
    public static readonly CancellationToken None = CancellationToken.None;
    private readonly string _base = Directory.CreateTempSubdirectory("jstore-target-").FullName;

    public Grounds()
    {
        Directory.CreateDirectory(Outside);
        File.WriteAllText(Path.Combine(Outside, "kept"), "kept");
        Run("chmod", "600", Path.Combine(Outside, "kept"));
    }

    public static bool IsRoot => Environment.IsPrivilegedProcess;

    public string Target => Path.Combine(_base, "target");

    public string Outside => Path.Combine(_base, "outside");

    public string At(string path) => Path.Combine(Target, path);

    public static Entry FileEntry(string path, byte[] content, uint? mode = 0x1A4, FileTime? time = null) => new()
    {
        Path = new EntryPath(path), Kind = EntryKind.File, Size = content.Length, Digest = Blake3.Hash(content),
        Mode = mode,
        ModifiedTime = time,
    };

    public static Entry Folder(string path, uint? mode = 0x1ED, FileTime? time = null) =>
        new() { Path = new EntryPath(path), Kind = EntryKind.Folder, Mode = mode, ModifiedTime = time };

    public static Entry Symlink(string path, string target) => new()
    {
        Path = new EntryPath(path), Kind = EntryKind.Symlink, LinkTarget = Encoding.UTF8.GetBytes(target),
    };

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Random(int seed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Task RestoreAsync(IRestoreTarget target, string path, byte[] content) =>
        RestoreAsync(target, FileEntry(path, content), content);

    public static async Task RestoreAsync(IRestoreTarget target, Entry entry, byte[] content)
    {
        await using IRestoreWriter writer = await target.CreateFileAsync(entry.Path, entry, None);
        await writer.WriteAsync(content, None);
        await writer.CommitAsync(None);
    }

    /// <summary>
    /// Everything outside the target: names, kinds, modes, owners, links, times and content, as other programs see it.
    /// </summary>
    public string OutsideState() =>
        Run("find", _base, "-mindepth", "1", "-path", Target, "-prune", "-o", "-printf", "%P %y %m %U:%G %n %T@ %s\n")
        + Run("grep", "-r", "", Outside);

    /// <summary>What stat prints of one path of the target; a link is not followed.</summary>
    public string Stat(string path, string format) => Run("stat", "-c", format, At(path)).TrimEnd('\n');

    /// <summary>All that stands in the target, sorted, folders with a closing slash.</summary>
    public string[] Names() => Directory.Exists(Target)
        ? [.. Run("find", Target, "-mindepth", "1", "-printf", "%P%y\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[..^1] + (line[^1] == 'd' ? "/" : "")).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>What a program prints, each byte as one letter.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using Process process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return Encoding.Latin1.GetString(output.ToArray());
    }

    public void Dispose()
    {
        Run("chmod", "-R", "u+rwx", _base);
        Run("rm", "-rf", _base); // Not the framework's: it cannot name what is no text.
    }
}
