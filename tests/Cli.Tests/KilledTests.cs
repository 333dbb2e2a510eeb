using System.Diagnostics;
using System.Text.Json;

namespace JadaStore.Cli.Tests;

/// <summary>
/// A real process is killed at any moment; <c>tests/Soak/kill</c> does it thousands of times, by hand.
/// </summary>
public sealed class KilledTests
{
    private const int Kills = 12;

    [Fact]
    public async Task A_snapshot_that_is_killed_is_there_or_not_and_harms_none_before_it()
    {
        using var shell = new TestShell();
        Assert.Equal(0, await shell.RunAsync("init", "--no-password"));
        var random = new Random(1);
        var days = new Dictionary<string, Dictionary<string, string>>();       // id → path → text
        var whole = TimeSpan.Zero;                  // what a run takes that is let be
        for (int kill = 0; kill < Kills; kill++)
        {
            for (int i = 0; i < 40; i++)
            {
                shell.Write($"site/f{random.Next(60)}", $"{kill} {random.Next()}");
            }

            shell.Write("site/large", new string((char)('a' + kill), 50_000) + random.Next());
            Dictionary<string, string> today = Directory.GetFiles(Path.Combine(shell.Folder, "site"))
                .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
            var watch = Stopwatch.StartNew();
            bool ended =
                await RunAndKillAsync(shell.Folder, kill == 0 ? null : whole * (0.3 + (0.7 * random.NextDouble())));
            Assert.True(ended || kill > 0);
            whole = kill == 0 ? watch.Elapsed : whole;
            Assert.Equal(0, await shell.RunAsync("verify", "--data", "-q"));
            Assert.Equal(0, await shell.RunAsync("list", "--json"));
            using var list = JsonDocument.Parse(shell.Text);
            string[] ids =
                [.. list.RootElement.EnumerateArray().Select(snapshot => snapshot.GetProperty("id").GetString()!)];
            Assert.All(days.Keys, id => Assert.Contains(id, ids));
            string[] fresh = [.. ids.Except(days.Keys)];
            Assert.InRange(fresh.Length, ended ? 1 : 0, 1);
            Array.ForEach(fresh, id => days.Add(id, today));
        }

        foreach ((string id, Dictionary<string, string> day) in days)
        {
            Assert.Equal(0, await shell.RunAsync("restore", "--snapshot", id, "--to", id, "-q"));
            Assert.Equal(day, Directory.GetFiles(Path.Combine(shell.Folder, id, "local", "site"))
                .ToDictionary(path => Path.GetFileName(path), File.ReadAllText));
        }
    }

    /// <summary>
    /// A file is there whole or not at all; of those that were being written, one a core, a temporary one stays.
    /// </summary>
    [Fact]
    public async Task A_restore_that_is_killed_is_finished_by_the_next()
    {
        using var shell = new TestShell();
        for (int i = 0; i < 300; i++)
        {
            shell.Write($"site/d{i % 9}/f{i}", new string((char)('a' + (i % 26)), 20_000));
        }

        Assert.Equal(0, await shell.RunAsync("init", "--no-password"));
        Assert.Equal(0, await shell.RunAsync("snapshot", "./site", "-q"));
        string target = Path.Combine(shell.Folder, "back");
        using (Process process = Start(shell.Folder, "restore", "--to", "back", "-q"))
        {
            // As soon as there is a file, so in the midst of it.
            while (!process.HasExited && !(Directory.Exists(target) && Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Any()))
            {
                await Task.Yield();
            }

            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.Equal(0, await shell.RunAsync("restore", "--to", "back", "-q"));

        (int same, string differences, _) =
            await Tool.RunAsync(shell.Folder, "", "diff", "-r", "-x", ".jstore-*.tmp", "site", "back/local/site");
        Assert.True(same == 0, differences);

        // Files that have no name until they are whole need ext4, xfs, btrfs or tmpfs, or overlayfs of Linux 6.1.
        (int nameless, _, _) =
            await Tool.RunAsync(target, "", "python3", "-c", "import os; os.open('.', os.O_TMPFILE | os.O_WRONLY)");
        string[] left = Directory.GetFiles(target, ".jstore-*.tmp", SearchOption.AllDirectories);
        Assert.InRange(left.Length, 0, nameless == 0 ? 0 : 64);
    }

    private static async Task<bool> RunAndKillAsync(string folder, TimeSpan? after)
    {
        using Process process = Start(folder, "snapshot", "./site", "-q");
        Task ended = process.WaitForExitAsync();
        await Task.WhenAny(ended, after is { } time ? Task.Delay(time) : ended);
        if (process.HasExited)
        {
            return process.ExitCode == 0;
        }

        process.Kill();
        await ended;
        return false;
    }

    private static Process Start(string folder, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "jstore.dll"), .. words])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Remove("JSTORE_REPO");
        start.Environment.Remove("JSTORE_PASSWORD");
        return Process.Start(start)!;
    }
}
