using System.Collections.Concurrent;
using System.Text.Json;

namespace JadaStore.Cli.Tests;

public sealed class ManyProcessesTests : IDisposable
{
    private static readonly int Rounds = Number("JSTORE_PROCESS_ROUNDS", 3);
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("jstore-many-");

    /// <summary>
    /// What every snapshot that there is must hold: path and text. One leaves before it is forgotten.
    /// </summary>
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _model = new();
    private readonly ConcurrentDictionary<string, int> _ran = new();

    /// <summary>One on every day; as many as <c>JSTORE_PROCESS_SEEDS</c> says by hand (docs/reliability.md).</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Number("JSTORE_PROCESS_SEEDS", 1))];

    public void Dispose() => _home.Delete(recursive: true);

    /// <summary>
    /// Real processes, each in a loop of its own: two take snapshots of trees that share content, one forgets, one
    /// prunes without grace, one restores, one verifies. Whatever comes between what, all that is listed is whole.
    /// </summary>
    [Theory, MemberData(nameof(Seeds))]
    public async Task Snapshots_restores_verifications_forgettings_and_prunes_at_once(int seed)
    {
        Assert.Equal(0, (await JstoreAsync("init", "--no-password", "-q")).Code);
        for (int writer = 0; writer < 2; writer++)
        {
            await SnapshotAsync(writer, 0, new Random(seed + writer));
        }

        using var end = new CancellationTokenSource();
        Task[] others =
        [
            UntilAsync(new Random(seed + 10), ForgetAsync, end.Token),
            UntilAsync(new Random(seed + 11), PruneAsync, end.Token),
            UntilAsync(new Random(seed + 12), RestoreAsync, end.Token),
            UntilAsync(new Random(seed + 13), VerifyAsync, end.Token),
        ];
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async writer =>
        {
            var random = new Random(seed + writer);
            for (int round = 1; round <= Rounds; round++)
            {
                await SnapshotAsync(writer, round, random);
            }
        }));
        await end.CancelAsync();
        await Task.WhenAll(others);

        Assert.Equal(0, (await JstoreAsync("prune", "--now", "-q")).Code);
        (int code, string output, string error) = await JstoreAsync("verify", "--data");
        Assert.True(code == 0, output + error);
        (_, string list, _) = await JstoreAsync("list", "--json");
        using var listed = JsonDocument.Parse(list);
        Assert.Equal(
            _model.Keys.Order(),
            listed.RootElement.EnumerateArray().Select(one => one.GetProperty("name").GetString()!).Order());
        foreach (string name in _model.Keys)
        {
            Assert.Null(await RestoreAsync(name));
        }

        if (Environment.GetEnvironmentVariable("JSTORE_COUNTS") is { } counts)
        {
            string ran = string.Join(", ", _ran.OrderBy(one => one.Key).Select(one => $"{one.Value} × {one.Key}"));
            await File.AppendAllTextAsync(counts, $"processes at once, seed {seed}: {ran}\n");
        }
    }

    private static int Number(string variable, int everyDay) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : everyDay;

    private static async Task UntilAsync(Random random, Func<Random, Task> step, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await step(random);
        }
    }

    // Content is taken from few texts, so that the trees share it, and it goes and comes back.
    private async Task SnapshotAsync(int writer, int round, Random random)
    {
        string tree = Path.Combine(_home.FullName, $"tree{writer}");
        Directory.CreateDirectory(tree);
        for (int i = 0; i < 6; i++)
        {
            string file = Path.Combine(tree, $"f{random.Next(12)}");
            if (random.Next(4) == 0)
            {
                File.Delete(file);
            }
            else
            {
                await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat($"text {random.Next(9)} ", 200)));
            }
        }

        var held = Directory.GetFiles(tree).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        string name = $"w{writer}-{round}";
        (int code, _, string error) = await JstoreAsync("snapshot", $"./tree{writer}", "--name", name, "-q");
        Assert.True(code is 0 or 4, $"{name}: exit {code}: {error}");
        _model[name] = held;
    }

    private async Task ForgetAsync(Random random)
    {
        Assert.Equal(0, (await JstoreAsync("list")).Code);
        string[] names = [.. _model.Keys.Order()];
        if (names.Length > 2 && names[random.Next(names.Length)] is var name
            && _model.TryRemove(name, out Dictionary<string, string>? held))
        {
            await JstoreAsync("unpin", name, "-q");
            (int code, _, string error) = await JstoreAsync("forget", name, "-q");
            if (code != 0)
            {
                // An alarm has pinned it again just before.
                Assert.Contains("pinned", error, StringComparison.Ordinal);
                _model[name] = held;
            }
        }
    }

    private async Task PruneAsync(Random random)
    {
        (int code, _, string error) = await JstoreAsync("prune", random.Next(3) == 0 ? "--grace=1h" : "--now", "-q");
        Assert.True(code == 0, $"prune: exit {code}: {error}");
    }

    private async Task VerifyAsync(Random random)
    {
        (int code, string output, string error) = await JstoreAsync("verify", "--data", "-q");
        Assert.True(code == 0, $"verify: exit {code}: {output}{error}");
    }

    private async Task RestoreAsync(Random random)
    {
        string[] names = [.. _model.Keys.Order()];
        string name = names[random.Next(names.Length)];
        string? wrong = await RestoreAsync(name);

        // One that was forgotten meanwhile need not come.
        Assert.True(wrong is null || !_model.ContainsKey(name), $"{name}: {wrong}");
    }

    private async Task<string?> RestoreAsync(string name)
    {
        if (!_model.TryGetValue(name, out Dictionary<string, string>? held))
        {
            return null;
        }

        string back = $"back-{name}-{Guid.NewGuid():N}";
        (int code, _, string error) = await JstoreAsync("restore", "--snapshot", name, "--to", back, "-q");
        if (code != 0)
        {
            return $"exit {code}: {error}";
        }

        string folder = Path.Combine(_home.FullName, back, "local", "tree" + name[1]);
        Dictionary<string, string> found = Directory.Exists(folder)
            ? Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText) : [];
        Directory.Delete(Path.Combine(_home.FullName, back), recursive: true);
        return found.Count == held.Count && found.All(one => held.GetValueOrDefault(one.Key) == one.Value)
            ? null
            : "other content came back";
    }

    private Task<(int Code, string Out, string Error)> JstoreAsync(params string[] words)
    {
        _ran.AddOrUpdate(words[0], 1, (_, before) => before + 1);
        return Tool.JstoreAsync(_home.FullName, ["-r", "r", .. words]);
    }
}
