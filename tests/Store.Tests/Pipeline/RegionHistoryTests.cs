using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Tests.Trees;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>Ledgers that are walked once tell what walking them for each question tells.</summary>
public sealed class RegionHistoryTests
{
    private static readonly string[] Regions = ["ap-south-1", "eu-west-1", "us-east-1", "us-west-2"];

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void The_newest_of_each_region_and_the_parents_are_those_of_a_walk_for_each(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 100; round++)
        {
            Snapshot[] snapshots = [.. Enumerable.Range(0, random.Next(1, 12)).Select(i => Take(random, i))];
            var earlier = new EarlierSources(snapshots);
            List<NewestSource> all = [.. earlier.Of("lambda")];

            Assert.Equal(Parents(all), ParentChoice.Of("lambda", earlier), ReferenceEqualityComparer.Instance);
            Assert.All(Regions, region => Assert.Same(
                (all.Find(one => one.Source.UnlistedAfter is null && TakenRegions.Listed(one.Source).Contains(region))
                    ?? all.Find(one => TakenRegions.Of(one.Source).Contains(region)))?.Source,
                NewestSource.Of("lambda", region, earlier)?.Source));
        }
    }

    private static Snapshot Take(Random random, int number) => new()
    {
        Id = new SnapshotId(Maps.SomeDigest(number)),
        Record = new SnapshotRecord
        {
            Nonce = "",
            Name = $"s{number}",
            Time = DateTimeOffset.UnixEpoch.AddHours(number),
            Sources =
            [
                new SnapshotSource
                {
                    Root = "lambda",
                    Tree = random.Next(5) == 0 ? null : "tree",
                    UnlistedAfter = random.Next(5) == 0 ? "" : null,
                    Complete = random.Next(3) > 0,
                    Excluded = [.. new[] { "a", "b" }.Where(_ => random.Next(3) == 0)],
                    Coverage = [.. Regions.Where(_ => random.Next(3) > 0).SelectMany(region => Lines(random, region))],
                },
            ],
        },
    };

    private static IEnumerable<CoverageLine> Lines(Random random, string region) =>
        Enumerable.Range(0, random.Next(1, 3))
        .Select(kind => new CoverageLine($"{region}/kind{kind}", (CoverageState)random.Next(6), 1));

    private static List<SnapshotSource> Parents(List<NewestSource> all)
    {
        NewestSource newest = all.Find(one => one.Source.UnlistedAfter is null) ?? all[0];
        List<SnapshotSource> chosen = [newest.Source];
        foreach (SnapshotSource source in all.Select(one => one.Source)
            .Where(source => source.UnlistedAfter is null && source.Tree is not null))
        {
            if ((source.Complete && !chosen.Exists(one => one.Complete))
                || chosen.Select(one => one.Excluded).Aggregate((a, b) => [.. a.Intersect(b)]).Except(source.Excluded)
                    .Any()
                || TakenRegions.Listed(source).Except(chosen.SelectMany(TakenRegions.Listed)).Any())
            {
                chosen.Add(source);
            }
        }

        return chosen;
    }
}
