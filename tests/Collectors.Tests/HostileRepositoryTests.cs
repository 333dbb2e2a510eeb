using JadaStore.Collectors.Local.Restore;
using JadaStore.Collectors.Tests.Local.Restore;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests;

/// <summary>
/// Repositories that were made to do harm: nothing outside the target changes, and what is refused is named.
/// </summary>
public sealed class HostileRepositoryTests : IDisposable
{
    private static readonly string[] s_paths =
    [
        "../made", "../../made", "../../../made", "../../../outside/kept", "a/../../../../outside/kept",
        "good-folder/../../../made", "/made", "//made", "a//b", "./made", "a/./b", "a/.", ".", "..", "a/..", "x\0y",
        "\0", "a\0/b", new string('n', 256),
        "a/" + new string('n', 60_000), "good-folder//in",
    ];

    private readonly Grounds _grounds = new();
    private readonly List<RestoreAction> _actions = [];

    public void Dispose() => _grounds.Dispose();

    [Theory]
    [InlineData(EntryKind.File, false)]
    [InlineData(EntryKind.File, true)]
    [InlineData(EntryKind.Folder, true)]
    [InlineData(EntryKind.Symlink, true)]
    [InlineData(EntryKind.Pipe, true)]
    public async Task A_path_that_no_folder_could_hold_is_refused_and_the_rest_comes_back(EntryKind kind, bool isLinked)
    {
        SourceEntry[] hostile =
        [
            .. s_paths.Select(text => Hostile(kind, text, isLinked))
                .Where(entry => entry.HardLink is not { } first || first < entry.Path),
        ];
        foreach (bool delete in new[] { false, true })
        {
            await RestoreAndCheckAsync(hostile, Overwrite.Always, delete, isRefused: true);
        }
    }

    [Theory, InlineData(Overwrite.Never), InlineData(Overwrite.Changed), InlineData(Overwrite.Always)]
    public async Task A_link_is_never_a_way_out(Overwrite overwrite)
    {
        var all = new List<SourceEntry>();
        foreach (string to in new[] { _grounds.Outside, "../../../outside", "0-link", "..", ".", Path.Combine(_grounds.Outside, "kept") })
        {
            foreach (bool isFolderToo in new[] { false, true })
            {
                string link = $"{all.Count}-link";
                all.AddRange(
                    ListedEntry.Symlink(new EntryPath(link), to),
                    ListedEntry.File(new EntryPath(link + "/kept"), "bad"),
                    ListedEntry.File(new EntryPath(link + "/made"), "bad"),
                    ListedEntry.Of(EntryKind.Folder, new EntryPath(link + "/folder/")),
                    ListedEntry.Symlink(new EntryPath(link + "/symlink"), "kept"),
                    ListedEntry.File(new EntryPath(link + "/twice"), "good", new EntryPath("!good")),
                    ListedEntry.Of(EntryKind.Folder, new EntryPath(isFolderToo ? link + "/" : link + "/more/")));
            }
        }

        await RestoreAndCheckAsync([.. all], overwrite, delete: false);
        await RestoreAndCheckAsync([.. all.Where(entry => entry.Kind == EntryKind.Symlink)], overwrite, delete: true);
        await RestoreAndCheckAsync([.. all], overwrite, delete: true, clean: false);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_hard_link_never_leads_outside_and_never_to_what_is_no_file(bool hasLinks)
    {
        string[] firsts =
        [
            "../../../outside/kept", "../outside/kept", _grounds.Outside + "/kept", "", "/", "!symlink", "!folder/",
            "!missing",
            "a/../!good", "!good/",
        ];
        SourceEntry[] links =
            [.. firsts.Select((first, i) => ListedEntry.File(new EntryPath($"link{i}"), "bad", new EntryPath(first)))];
        SourceEntry[] named = [.. firsts.Where(first => first.Length > 0).Select(first => first switch
        {
            "!symlink" => ListedEntry.Symlink(new EntryPath(first), Path.Combine(_grounds.Outside, "kept"), hasLinks),
            "!folder/" => new ListedEntry { Path = new EntryPath(first), Kind = EntryKind.Folder, HasLinks = hasLinks },
            _ => ListedEntry.File(new EntryPath(first), "bad", hasLinks: hasLinks),
        })];

        await RestoreAndCheckAsync(links, Overwrite.Changed, delete: true, isRefused: true);
        await RestoreAndCheckAsync([.. named, .. links], Overwrite.Changed, delete: true);

        Assert.Equal("1", Grounds.Run("stat", "-c", "%h", Path.Combine(_grounds.Outside, "kept")).Trim());
    }

    [Fact]
    public async Task A_device_is_made_or_refused_by_name()
    {
        foreach (EntryKind kind in new[] { EntryKind.CharacterDevice, EntryKind.BlockDevice })
        {
            var good = new ListedEntry
            {
                Path = new EntryPath("device"), Kind = kind, Device = new DeviceNumber(1, 3), Mode = 0,
            };
            var bad = new ListedEntry
            {
                Path = new EntryPath("device"), Kind = kind, Device = new DeviceNumber(uint.MaxValue, uint.MaxValue),
            };
            await RestoreAndCheckAsync([good], Overwrite.Changed, delete: true, isRefused: !Grounds.IsRoot);
            await RestoreAndCheckAsync([bad], Overwrite.Always, delete: true, isRefused: true);
        }
    }

    /// <summary>
    /// A folder cannot hold a file and a folder of one name, but a map can: one of them wins, and the other is named.
    /// </summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Whatever_a_map_holds_nothing_outside_changes_and_nothing_is_passed_over(int seed)
    {
        var random = new Random(seed);
        string[] names = ["a", "b", "c", "link", "..", ".", ""];
        string[] targets = [_grounds.Outside, "../../../outside", "../../..", "a", ".", "link"];
        for (int round = 0; round < 8; round++)
        {
            var all = new SortedDictionary<EntryPath, SourceEntry>();
            for (int i = random.Next(2, 25); i > 0; i--)
            {
                IEnumerable<string> parts = Enumerable.Range(0, random.Next(1, 4))
                    .Select(_ => names[random.Next(random.Next(2, 8))]);
                var path = new EntryPath(string.Join('/', parts) + (random.Next(3) == 0 ? "/" : ""));
                EntryPath[] earlier = [.. all.Keys.Where(key => key < path)];
                all[path] = random.Next(path.IsFolder ? 1 : 7) switch
                {
                    0 when path.IsFolder => ListedEntry.Of(EntryKind.Folder, path),
                    0 or 1 => ListedEntry.Symlink(path, targets[random.Next(targets.Length)]),
                    3 when earlier.Length > 0 => ListedEntry.File(path, "bad", earlier[random.Next(earlier.Length)]),
                    4 => ListedEntry.Of(EntryKind.Pipe, path),
                    _ => ListedEntry.File(path, "bad", hasLinks: random.Next(2) == 0),
                };
            }

            all.Remove(new EntryPath(""));
            await RestoreAndCheckAsync(
                [.. all.Values], (Overwrite)random.Next(3), delete: random.Next(2) == 0, clean: random.Next(2) == 0);
        }
    }

    /// <summary>Only who has the key can make such a record; all the same it must not lead out.</summary>
    [Theory]
    [InlineData("../outside")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("/outside")]
    [InlineData("/")]
    [InlineData("local/../../outside")]
    [InlineData("local/..")]
    [InlineData("local//tree")]
    [InlineData("local/")]
    [InlineData("local/tree\0")]
    public async Task A_source_that_claims_a_place_outside_is_refused(string root)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(
            new ListedSource("local/tree", [.. Good, ListedEntry.File(new EntryPath("kept"), "bad")]));
        SnapshotSource source = snapshot.Record.Sources[0];
        Snapshot forged =
            snapshot with { Record = snapshot.Record with { Sources = [source with { Root = root }, source] } };
        string outside = _grounds.OutsideState();
        foreach (IReadOnlyList<string> paths in new[] { [], [root], new[] { root + "/kept" }, ["kept"], ["outside"], ["."], [".."] })
        {
            RestoreReport? report = null;
            try
            {
                report = await RestoreAsync(
                    temp, new RestoreRequest { Snapshot = forged, Paths = paths, Overwrite = Overwrite.Always, Delete = true });
            }
            catch (StoreException e)
            {
                Assert.NotEmpty(paths);
                Assert.Contains(e.Fault, new[] { StoreFault.NotFound, StoreFault.Ambiguous });
            }

            Assert.Equal(outside, _grounds.OutsideState());
            if (paths.Count == 0)
            {
                Assert.Superset(
                    Good.Select(entry => new EntryPath(root + "/").Append(entry.Path.Span).ToString()).ToHashSet(),
                    report!.Errors.Select(error => error.Path).ToHashSet());
                Assert.Equal("good", await File.ReadAllTextAsync(_grounds.At("local/tree/good-folder/in")));
            }
        }
    }

    private static SourceEntry[] Good =>
    [
        ListedEntry.File(new EntryPath("!good"), "good", hasLinks: true),
        ListedEntry.Of(EntryKind.Folder, new EntryPath("good-folder/")),
        ListedEntry.File(new EntryPath("good-folder/in"), "good"),
        ListedEntry.File(new EntryPath("~linked"), "good", new EntryPath("!good")),
    ];

    private static ListedEntry Hostile(EntryKind kind, string text, bool isLinked)
    {
        var path = new EntryPath(kind == EntryKind.Folder ? text + "/" : text);
        return kind switch
        {
            EntryKind.File => ListedEntry.File(path, "good", isLinked ? new EntryPath("!good") : null),
            EntryKind.Symlink => ListedEntry.Symlink(path, "../../../outside"),
            _ => ListedEntry.Of(kind, path),
        };
    }

    /// <summary>Each entry stands where it belongs, or is named; and nothing else in the world has changed.</summary>
    private async Task RestoreAndCheckAsync(
        SourceEntry[] hostile, Overwrite overwrite, bool delete, bool isRefused = false, bool clean = true)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        SourceEntry[] all = [.. hostile, .. Good];
        Snapshot snapshot = await temp.SnapshotAsync(new ListedSource("local/tree", all));
        if (clean)
        {
            Grounds.Run("rm", "-rf", _grounds.Target);
        }

        string outside = _grounds.OutsideState();
        foreach (Overwrite again in new[] { overwrite, Overwrite.Never, Overwrite.Changed })
        {
            RestoreReport report = await RestoreAsync(
                temp, new RestoreRequest { Snapshot = snapshot, Overwrite = again, Delete = delete, OnAction = Note });

            Assert.Equal(outside, _grounds.OutsideState());
            HashSet<string> named = [.. report.Errors.Select(error => error.Path)];
            HashSet<string> kept =
                [.. _actions.Where(action => action.Kind == RestoreActionKind.Keep).Select(
                    action => action.Path.ToString())];
            foreach (SourceEntry entry in all)
            {
                string path = "local/tree/" + entry.Path;
                Assert.True(
                    named.Contains(path) || kept.Contains(path) || Stands(entry), $"{path} is neither there nor named");
            }

            if (isRefused)
            {
                Assert.All(hostile, entry => Assert.Contains("local/tree/" + entry.Path, named));
                Assert.Equal("good", await File.ReadAllTextAsync(_grounds.At("local/tree/good-folder/in")));
                Assert.Equal("good", await File.ReadAllTextAsync(_grounds.At("local/tree/~linked")));
                Assert.Equal(hostile.Length, named.Count);
            }

            _actions.Clear();
        }
    }

    private bool Stands(SourceEntry entry)
    {
        string path = System.Text.Encoding.UTF8.GetString(entry.Path.Span);
        string kind = entry.Kind switch
        {
            EntryKind.File => "regular",
            EntryKind.Folder => "directory",
            EntryKind.Symlink => "symbolic link",
            EntryKind.Pipe => "fifo",
            EntryKind.Socket => "socket",
            EntryKind.CharacterDevice => "character",
            EntryKind.BlockDevice => "block",
        };
        string stem = path.EndsWith('/') ? path[..^1] : path;
        return !path.Contains('\0', StringComparison.Ordinal)
            && !stem.Split('/').Any(name => name is "" or "." or "..")
            && _grounds.Stat("local/tree/" + stem, "%F").StartsWith(kind, StringComparison.Ordinal);
    }

    private async Task<RestoreReport> RestoreAsync(TempRepository temp, RestoreRequest request)
    {
        await using var target = new LocalTarget(_grounds.Target, new LocalTargetOptions());
        return await temp.Store.RestoreAsync(request, target, null, default);
    }

    private void Note(RestoreAction action)
    {
        lock (_actions)
        {
            _actions.Add(action);
        }
    }
}
