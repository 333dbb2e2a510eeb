using JadaStore.Store.Model;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Prune;

public sealed class PruneModelTests
{
    /// <summary>
    /// Any row of snapshots, forgettings, bringings-back and prunes, from two processes, against a model of what must
    /// be there; and once all is forgotten, nothing stays.
    /// </summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task Whatever_is_forgotten_and_pruned_what_is_left_is_whole(int seed)
    {
        var random = new Random(seed);
        await using PruneWorld world = await PruneWorld.MakeAsync();
        (Repository other, _) = await world.OpenAsync();
        var source = new MemorySource("local/any");
        var visible = new List<Snapshot>();
        var forgotten = new List<(Snapshot Snapshot, Dictionary<string, byte[]> Held)>();
        string Steps = "";
        for (int step = 0; step < 40; step++)
        {
            Repository store = random.Next(2) == 0 ? world.Store : other;
            int kind = random.Next(10);
            Steps += kind;
            switch (kind)
            {
                case < 4:
                    Change(source, random);
                    visible.Add(await world.SnapshotAsync(store, source));
                    break;
                case < 6 when visible.Count > 0:
                    int at = random.Next(visible.Count);
                    forgotten.Add((visible[at], world.Model[visible[at].Id]));
                    await world.ForgetAsync(store, visible[at]);
                    visible.RemoveAt(at);
                    break;
                case 6 when forgotten.Count > 0:
                    int which = random.Next(forgotten.Count);
                    (Snapshot snapshot, Dictionary<string, byte[]> held) = forgotten[which];
                    if (await Forgetting.TryUndeleteAsync(store.Parts, snapshot))
                    {
                        world.Model[snapshot.Id] = held;
                        visible.Add(snapshot);
                    }

                    forgotten.RemoveAt(which);
                    break;
                case < 9:
                    await world.PruneAsync(TimeSpan.FromHours(random.Next(4) * 12), store);
                    break;
                default:
                    world.Clock.Pass(TimeSpan.FromHours(random.Next(30)));
                    break;
            }

            await world.CheckAsync($"seed {seed}, steps {Steps}");
        }

        foreach (Snapshot snapshot in visible)
        {
            await world.ForgetAsync(snapshot);
        }

        await world.PruneAsync(store: other);
        Assert.Empty(world.Packs);
        Assert.DoesNotContain(
            world.Memory.Objects.Keys, name => name.StartsWith("condemned/", StringComparison.Ordinal));
    }

    // Content comes back that was there before, so that packs are needed again; a few files are larger than a chunk.
    private static void Change(MemorySource source, Random random)
    {
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            string path = $"f{random.Next(25):00}";
            if (random.Next(4) == 0)
            {
                source.Remove(path);
            }
            else
            {
                source[path] = MemoryFile.Of(Seeded.Bytes(random.Next(40), random.Next(8) == 0 ? 70_000 : 600));
            }
        }
    }
}
