using System.CommandLine;
using System.Globalization;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore stats</c>: sizes and ratios.</summary>
internal static class StatsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var command =
            new DescribedCommand("stats", "Show sizes, and what deduplication and compression save", "jstore stats");
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            RepositoryStats stats = await repository.StatsAsync(cancellationToken).ConfigureAwait(false);
            if (run.Json)
            {
                JsonOutput.Write(run.Out, StatsJson.Of(stats));
            }
            else
            {
                Print(run.Out, stats);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Prints them as a person reads them.</summary>
    internal static void Print(TextWriter output, RepositoryStats stats)
    {
        var table = new Table("SNAPSHOT", ">ENTRIES", ">SIZE", ">ADDED", ">STORED");
        foreach (SnapshotStats one in stats.Snapshots)
        {
            table.Add(
                one.Name, Size.Count(one.Entries), Size.Text(one.Bytes), Size.Text(one.AddedBytes),
                Size.Text(one.StoredBytes));
        }

        table.WriteTo(output);
        StatsJson ratios = StatsJson.Of(stats);
        output.WriteLine();
        output.WriteLine($"restored one by one  {Size.Text(stats.RestoreBytes)}");
        output.WriteLine(
            $"unique content       {Size.Text(stats.UniqueBytes)}  ({Times(ratios.DedupRatio)} by deduplication)");
        output.WriteLine(
            $"stored               {Size.Text(stats.StoredBytes)}  ({Times(ratios.CompressionRatio)} by compression)");
        if (stats.CondemnedBytes > 0)
        {
            output.WriteLine($"condemned            {Size.Text(stats.CondemnedBytes)} of it: `jstore prune` deletes it when its time has come");
        }

        output.WriteLine($"in                   {Size.Count(stats.Chunks, "chunk", "chunks")}, {Size.Count(stats.Packs, "pack", "packs")}");
    }

    private static string Times(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture) + "×";
}
