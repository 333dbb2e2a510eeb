using JadaStore.Fuzz;
using SharpFuzz;

// JadaStore.Fuzz list               the targets' names
// JadaStore.Fuzz seeds TARGET DIR   writes the target's seeds there
// JadaStore.Fuzz replay TARGET FILE…  runs files, and says what broke
// JadaStore.Fuzz mutate TARGET SECONDS SEED   the fuzzer of the suite, for longer; needs no other program
// JadaStore.Fuzz afl TARGET         below afl-fuzz, which gives the inputs
switch (args)
{
    case ["list"]:
        foreach (FuzzTarget target in AllTargets.List)
        {
            Console.WriteLine(target.Name);
        }

        return 0;
    case ["seeds", string name, string folder] when AllTargets.Find(name) is { } target:
        Directory.CreateDirectory(folder);
        foreach ((int number, byte[] seed) in target.Seeds().Index())
        {
            File.WriteAllBytes(Path.Combine(folder, $"seed-{number:d3}"), seed);
        }

        return 0;
    case ["replay", string name, .. string[] files] when AllTargets.Find(name) is { } target:
        return files.Select(file => Holds(target, File.ReadAllBytes(file), file)).ToList().TrueForAll(holds => holds)
            ? 0
            : 1;
    case ["mutate", string name, string seconds, string seed] when AllTargets.Find(name) is { } target:
        return Mutate(target, int.Parse(seconds), int.Parse(seed)) ? 0 : 1;
    case ["afl", string name]:
        // The targets are made in there: instrumented code may not run before the fuzzer has its map.
        FuzzTarget? led = null;
        Fuzzer.OutOfProcess.Run(stream =>
        {
            led ??= AllTargets.Find(name);
            using var all = new MemoryStream();
            stream.CopyTo(all);
            led!.Check(all.ToArray());
        });
        return 0;
    default:
        Console.Error.WriteLine("usage: JadaStore.Fuzz list | seeds TARGET DIR | replay TARGET FILE… | mutate TARGET SECONDS SEED | afl TARGET");
        return 2;
}

static bool Mutate(FuzzTarget target, int seconds, int seed)
{
    string corpus = Path.Combine(AppContext.BaseDirectory, "corpora", target.Name);
    byte[][] inputs = [.. target.Seeds(), .. Directory.Exists(corpus) ? Directory.GetFiles(corpus).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : []];
    var mutator = new Mutator(new Random(seed), inputs);
    long end = Environment.TickCount64 + (seconds * 1000L);
    long runs = 0;
    for (; Environment.TickCount64 < end; runs++)
    {
        byte[] input = mutator.Next();
        if (!Holds(target, input, "input"))
        {
            string file = Path.GetFullPath($"broken-{target.Name}-{seed}-{runs}");
            File.WriteAllBytes(file, input);
            Console.Error.WriteLine($"{target.Name}: kept as {file}");
            return false;
        }
    }

    Console.WriteLine($"{target.Name}: {runs} runs");
    return true;
}

static bool Holds(FuzzTarget target, byte[] input, string what)
{
    try
    {
        target.Check(input);
        return true;
    }
#pragma warning disable CA1031 // Whatever it is, it is what was looked for.
    catch (Exception e)
#pragma warning restore CA1031
    {
        Console.Error.WriteLine($"{target.Name}: {what}: {e}");
        return false;
    }
}
