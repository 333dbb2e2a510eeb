namespace JadaStore.Fuzz.Tests;

/// <summary>
/// Every run of the tests fuzzes every decoder a little, from the same seed; tests/Fuzz/run goes on for longer.
/// </summary>
public sealed class TargetsTests
{
    private const int Seed = 20261123;

    // So that all take some seconds together: most cost microseconds a run, a catalog milliseconds.
    private static readonly Dictionary<string, int> Runs = new()
    {
        ["catalog"] = 60, ["zip"] = 600, ["pack-opened"] = 600, ["parity"] = 2000, ["parity-opened"] = 2000,
    };

    public static TheoryData<string> Names() => [.. AllTargets.List.Select(target => target.Name)];

    [Theory, MemberData(nameof(Names))]
    public void What_a_fuzzer_found_once_is_not_found_again(string name)
    {
        FuzzTarget target = AllTargets.Find(name)!;
        foreach (byte[] input in Corpus(target))
        {
            target.Check(input);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void No_input_breaks_what_a_decoder_promises(string name)
    {
        FuzzTarget target = AllTargets.Find(name)!;
        var mutator = new Mutator(new Random(Seed), [.. Corpus(target)]);
        for (int run = Runs.GetValueOrDefault(name, 6000); run > 0; run--)
        {
            byte[] input = mutator.Next();
            try
            {
                target.Check(input);
            }
#pragma warning disable CA1031 // Whatever it is, it is what was looked for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Assert.Fail($"{name} broke at {Convert.ToHexString(input)}: {e}");
            }
        }
    }

    [Fact]
    public void Every_corpus_is_some_targets()
    {
        IEnumerable<string> folders = Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "corpora"))
            .Select(folder => Path.GetFileName(folder)!);

        Assert.Empty(folders.Except(AllTargets.List.Select(target => target.Name)));
    }

    private static IEnumerable<byte[]> Corpus(FuzzTarget target)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "corpora", target.Name);
        return [.. target.Seeds(), .. Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : []];
    }
}
