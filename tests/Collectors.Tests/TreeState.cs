using System.Globalization;
using System.Text;

namespace JadaStore.Collectors.Tests;

/// <summary>What other programs say of a folder and all below it.</summary>
internal static class TreeState
{
    private const int Fields = 10;

    /// <summary>
    /// Kind, mode, owner, time to the nanosecond, size, links, target, content and attributes of each path.
    /// </summary>
    public static string[] Of(string folder)
    {
        string names =
            ShellScript.Run(folder, @"find . -printf '%P\0%y\0%m\0%U:%G\0%T@\0%s\0%n\0%i\0%l\0%b\0'"u8.ToArray());
        string[] fields = names.Split('\0')[..^1];
        List<string[]> all = [.. fields.Chunk(Fields).OrderBy(one => one[0], StringComparer.Ordinal)];
        var firsts = new Dictionary<string, string>();
        List<string> lines = [];
        foreach (string[] one in all)
        {
            // A folder's size and number of links say how the file system keeps it, and not what it holds.
            bool isFolder = one[1] == "d";
            string first = firsts.GetValueOrDefault(one[7], one[0]);
            firsts.TryAdd(one[7], one[0]);
            lines.Add($"{one[0]} | {one[1]} {one[2]} {one[3]} {one[4]} {(isFolder ? "" : $"{one[5]} x{one[6]} = {first}")} -> {one[8]}");
        }

        lines.AddRange(ShellScript.Run(folder, Encoding.ASCII.GetBytes(
            "find . -type f -print0 | sort -z | xargs -0 -r sha256sum -z | tr '\\n\\0' '?\\n'\n"
            + "find . -print0 | sort -z | xargs -0 -r getfattr -h -d -m - -e hex")).Split('\n'));
        return [.. lines];
    }

    /// <summary>KiB that each file takes, where that is less than its size: the sparse ones.</summary>
    public static Dictionary<string, long> SparseFiles(string folder) =>
        ShellScript.Run(folder, @"find . -type f -size +63k -printf '%P\0%k\0%s\0'"u8.ToArray()).Split('\0')[..^1]
            .Chunk(3)
            .Select(one => (Path: one[0], Kept: Number(one[1]), Size: Number(one[2]) / 1024))
            .Where(one => one.Kept < one.Size - 48)
            .ToDictionary(one => one.Path, one => one.Kept);

    /// <summary>
    /// What rsync would have to do to make the one folder the other; empty as well where there is no rsync.
    /// </summary>
    public static string RsyncChanges(string from, string to) => ShellScript.Run(from, Encoding.UTF8.GetBytes($"""
        if command -v rsync > /dev/null
        then rsync -aHAXn --devices --specials --numeric-ids --delete --checksum --itemize-changes '{from}/' '{to}/'
        fi
        """));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
