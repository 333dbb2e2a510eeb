using System.Globalization;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>What a prune did, for people: a line for each kind of thing that there is anything to say of.</summary>
internal static class PruneText
{
    /// <summary>Prints it.</summary>
    public static void Write(TextWriter output, PruneReport report)
    {
        if (report.DryRun)
        {
            output.WriteLine("dry run: nothing was touched; what a prune would do now:");
        }

        if (report.Expired > 0)
        {
            output.WriteLine($"given up   {Size.Count(report.Expired, "forgotten snapshot", "forgotten snapshots")}: cannot be brought back any more");
        }

        Line(output, "deleted", report.Deleted, "");
        Line(output, "condemned", report.Condemned, Due(report));
        Line(output, "waiting", report.Waiting, report.Condemned.Packs > 0 ? ": condemned before" : Due(report));
        Line(
            output, "rewritten", report.Rewritten,
            $": {Size.Text(report.CopiedBytes)} of them needed, and copied{Into(report)}");
        Line(output, "revived", report.Revived, ": condemned before, and needed again");
        foreach (HeldPacks held in report.Held)
        {
            Line(output, "kept", held.Packs, $": {held.Holder} may need them");
        }

        Line(output, "left", report.Left, "");
        if (report.Left.Packs == 0)
        {
            output.WriteLine("left       nothing");
        }
    }

    private static string Into(PruneReport report) =>
        report.Written.Packs > 0 ? $" into {Text(report.Written)}" : "";

    private static string Due(PruneReport report) => report.NextDeletion is { } due
        ? ": a prune deletes them after " + due.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC"
        : "";

    private static void Line(TextWriter output, string what, PackTally packs, string more)
    {
        if (packs.Packs > 0)
        {
            output.WriteLine($"{what,-9}  {Text(packs)}{more}");
        }
    }

    private static string Text(PackTally packs) =>
        $"{Size.Count(packs.Packs, "pack", "packs")}, {Size.Text(packs.Bytes)}";
}
