using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Crash;

/// <summary>
/// Every byte flipped, every file cut, removed and swapped: found and named, or harmless; nothing wrong is restored.
/// </summary>
public sealed class DamageSweepTests
{
    /// <summary>Every how many bytes one is hit; every one by hand, with 1.</summary>
    private static int Step => Counts.Of("JSTORE_SWEEP_STEP", 31);

    /// <summary>The catalog may know the packs of old, or be made anew from what is left of them.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task Damage_anywhere_is_found_and_named_and_the_rest_comes_back(bool hasCatalog)
    {
        await using var repository = new SimulatedRepository();
        byte[]? catalog = await TakeAsync(repository, Small(), Small(3));
        DiskImage image = repository.Disk.Now();
        var judge = new DamageJudge(repository);
        foreach ((string path, byte[] bytes) in image.Files)
        {
            for (int at = 0; at < bytes.Length; at += Step)
            {
                byte[] flipped = [.. bytes];
                flipped[at] ^= (byte)(1 << (at % 8));
                await judge.JudgeAsync(
                    image.With(path, flipped), hasCatalog ? catalog : null, $"{path} flipped at {at}");
                await judge.JudgeAsync(
                    image.With(path, bytes[..at]), hasCatalog ? catalog : null, $"{path} cut at {at}");
            }

            await judge.JudgeAsync(
                image.With(path, [.. bytes, 0]), hasCatalog ? catalog : null, $"{path} with a byte more");
        }

        // Of a key's slot only the key is authenticated, not when it was made, what a person calls it, nor blanks.
        Assert.All(judge.Harmless, what => Assert.Contains("/keys/", what, StringComparison.Ordinal));
        Report(judge);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_is_removed_or_swapped_is_found_and_named(bool hasCatalog)
    {
        await using var repository = new SimulatedRepository();
        byte[]? catalog = await TakeAsync(repository, Small(), Small(3));
        DiskImage image = repository.Disk.Now();
        var judge = new DamageJudge(repository);
        string[] paths = [.. image.Files.Keys];
        foreach (string path in paths)
        {
            // Without a second copy a repository is as good a one; one from before there were copies has none.
            if (!path.Contains("/copies/", StringComparison.Ordinal))
            {
                await judge.JudgeAsync(image.With(path, null), hasCatalog ? catalog : null, $"{path} removed");
            }

            foreach (string other in paths.Where(
                other => string.CompareOrdinal(path, other) < 0 && FolderOf(other) == FolderOf(path)))
            {
                DiskImage swapped = image.With(path, image.Files[other]).With(other, image.Files[path]);
                await judge.JudgeAsync(swapped, hasCatalog ? catalog : null, $"{path} and {other} swapped");
            }
        }

        Assert.Empty(judge.Harmless);
        Report(judge);
    }

    /// <summary>A map of several pages: what a lost one hides is named by its ends.</summary>
    [Fact]
    public async Task A_lost_page_is_named_by_the_paths_that_it_hides()
    {
        await using var repository = new SimulatedRepository();
        MemorySource many = Many();
        await TakeAsync(repository, many);
        many["f0250"] = MemoryFile.Of("another content");
        await repository.OpenAsync();
        await repository.SnapshotAsync(many);
        await repository.CloseAsync();
        byte[] catalog = await File.ReadAllBytesAsync(repository.CatalogPath);
        DiskImage image = repository.Disk.Now();
        var judge = new DamageJudge(repository);
        foreach (string pack in PowerCutTests.PacksIn(image, purpose: 1))
        {
            for (int at = 7; at < image.Files[pack].Length; at += 30 * Step)
            {
                byte[] flipped = [.. image.Files[pack]];
                flipped[at] ^= 0x40;
                await judge.JudgeAsync(image.With(pack, flipped), catalog, $"{pack} flipped at {at}");
            }
        }

        Assert.Empty(judge.Harmless);
        Report(judge);
    }

    private static async Task<byte[]?> TakeAsync(SimulatedRepository repository, params MemorySource[] sources)
    {
        await repository.CreateAsync();
        foreach (MemorySource source in sources)
        {
            await repository.SnapshotAsync(source);
        }

        await repository.CloseAsync();
        return await File.ReadAllBytesAsync(repository.CatalogPath);
    }

    private static MemorySource Small(byte changed = 2) => new("local/site")
    {
        ["a.txt"] = MemoryFile.Of("the first file") with { Fingerprint = [1] },
        ["b.txt"] = MemoryFile.Of($"the second file {changed}") with { Fingerprint = [changed] },
        ["c/d.txt"] = MemoryFile.Of("the third file") with { Fingerprint = [4] },
    };

    private static MemorySource Many()
    {
        var source = new MemorySource("local/site");
        for (int i = 0; i < 500; i++)
        {
            source[$"f{i:d4}"] = MemoryFile.Of($"content {i}") with { Fingerprint = [(byte)i, (byte)(i >> 8)] };
        }

        return source;
    }

    private static string? FolderOf(string path) =>
        path.Contains("/packs/", StringComparison.Ordinal) ? "packs" : Path.GetDirectoryName(path);

    private static void Report(DamageJudge judge) => Counts.Say(
        $"damage: {judge.Cases} cases, {judge.Found} found by verify, {judge.Refused} refused at opening, {judge.Harmless.Count} harmless");
}
