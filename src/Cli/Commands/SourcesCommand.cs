using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Cli.Sources;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore sources</c>: what a snapshot would take.</summary>
internal static class SourcesCommand
{
    private const int MostRegions = 4;

    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var sources = new SourceFlags();
        var command = new DescribedCommand(
            "sources",
            "Show what a snapshot would take, and take nothing",
            "jstore sources                       # everything that jstore.toml says, globs looked up",
            "jstore sources aws --json            # one [[source]]",
            "jstore sources s3://sailjada.com --versions all");
        sources.AddTo(command);
        door.Does(command, async (run, cancellationToken) =>
        {
            IReadOnlyList<ChosenSource> chosen =
                await sources.ChooseAsync(run, run.Location.Path, cancellationToken).ConfigureAwait(false);
            if (run.Json)
            {
                JsonOutput.WriteList(run.Out, chosen.Select(ChosenSourceJson.Of));
                return ExitCode.Done;
            }

            var table = new Table("SOURCE", "KIND", "ROOT", "FROM", "REGIONS");
            foreach (ChosenSource one in chosen)
            {
                table.Add(
                    EntryText.Printable(one.Name), one.Kind, EntryText.Printable(one.Root),
                    EntryText.Printable(one.Place), Regions(one.Regions));
            }

            table.WriteTo(run.Out);
            return ExitCode.Done;
        });
        return command;
    }

    private static string Regions(IReadOnlyList<string> regions) => regions.Count <= MostRegions
        ? string.Join(' ', regions)
        : $"{string.Join(' ', regions.Take(MostRegions))} and {regions.Count - MostRegions} more";
}
