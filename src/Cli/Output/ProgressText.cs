using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>Progress in words: what is done, how fast, how much longer.</summary>
internal static class ProgressText
{
    /// <summary><c>local/site  1,204/2,000 entries  412 MiB  read 30 MiB  12 MiB/s  ETA 3.2 s</c>.</summary>
    /// <remarks>What a source counts by comes first: <c>route53  12/16 zones  1.2 MiB  900 entries</c>; no time is
    /// foretold then, for one zone is no measure of the next.</remarks>
    public static string Of(SnapshotProgress value, TimeSpan elapsed)
    {
        if (value.Items is { } items)
        {
            string of = items.Total >= items.Done ? $"/{Size.Count(items.Total)}" : "";
            string found = Size.Count(value.Entries, "entry", "entries");
            return $"{value.Root}  {Size.Count(items.Done)}{of} {items.Unit}  {Size.Text(value.Bytes)}  {found}"
                + Read(value, elapsed) + (value.Done ? "  done" : "");
        }

        bool known = value.ExpectedEntries >= value.Entries && !value.Done;
        string entries = known
            ? $"{Size.Count(value.Entries)}/{Size.Count(value.ExpectedEntries)} entries"
            : Size.Count(value.Entries, "entry", "entries");
        string end = value.Done ? "  done" : Eta(value.Entries, known ? value.ExpectedEntries : 0, elapsed);
        return $"{value.Root}  {entries}  {Size.Text(value.Bytes)}{Read(value, elapsed)}{end}";
    }

    /// <summary><c>s3  30/45 buckets  412 MiB  1,204 objects  read 30 MiB  12 MiB/s  ETA 3.2 s</c>.</summary>
    /// <param name="kind">What they all are.</param>
    /// <param name="sources">Those that are done, run and wait; more than one.</param>
    /// <param name="elapsed">Since the work began.</param>
    public static string Of(string kind, IReadOnlyList<SnapshotProgress> sources, TimeSpan elapsed)
    {
        int done = sources.Count(source => source.Done);
        long entries = sources.Sum(source => source.Entries);
        long read = sources.Sum(source => source.BytesRead);
        string of = kind == "local" ? "folders" : kind == "apps-script" ? "projects" : "buckets";
        string found = kind == "s3"
            ? Size.Count(entries, "object", "objects")
            : Size.Count(entries, "entry", "entries");
        string rate = read > 0 ? $"  read {Size.Text(read)}{Rate(read, elapsed)}" : "";

        // One that was never taken before has no number to expect: then nobody knows.
        bool known = sources.All(source => source.Done || source.ExpectedEntries > 0);
        long expected = sources.Sum(source => source.Done ? source.Entries : source.ExpectedEntries);
        string end = done == sources.Count ? "  done" : Eta(entries, known ? expected : 0, elapsed);
        return $"{kind}  {Size.Count(done)}/{Size.Count(sources.Count)} {of}"
            + $"  {Size.Text(sources.Sum(source => source.Bytes))}  {found}{rate}{end}";
    }

    /// <summary><c>restoring  10/20 entries  3.0/6.0 MiB  12 MiB/s  ETA 3.2 s</c>.</summary>
    public static string Of(RestoreProgress value, TimeSpan elapsed)
    {
        string entries = value.TotalEntries > 0
            ? $"{Size.Count(value.Entries)}/{Size.Count(value.TotalEntries)} entries"
            : Size.Count(value.Entries, "entry", "entries");
        string bytes =
            value.TotalBytes > 0 ? $"{Size.Text(value.Bytes)}/{Size.Text(value.TotalBytes)}" : Size.Text(value.Bytes);
        return $"restoring  {entries}  {bytes}{Rate(value.Bytes, elapsed)}{Eta(value.Bytes, value.TotalBytes, elapsed)}";
    }

    /// <summary><c>verifying  3/40 packs  412 MiB  900 MiB/s  ETA 3.2 s</c>.</summary>
    public static string Of(VerifyProgress value, TimeSpan elapsed) =>
        $"verifying  {Size.Count(value.Packs)}/{Size.Count(value.TotalPacks)} packs  {Size.Text(value.Bytes)}"
        + Rate(value.Bytes, elapsed) + Eta(value.Packs, value.TotalPacks, elapsed);

    /// <summary><c>s3/sailjada.com  512 checked  3.1 MiB  1.2 MiB/s  1 differs</c>.</summary>
    public static string Of(VerifySourceProgress value, TimeSpan elapsed) =>
        $"{value.Root}  {Size.Count(value.Checked)} checked  {Size.Text(value.Bytes)}{Rate(value.Bytes, elapsed)}"
        + (value.Differing > 0 ? $"  {Size.Count(value.Differing, "differs", "differ")}" : "");

    /// <summary><c>rebuilding the catalog  3/40 packs  ETA 3.2 s</c>.</summary>
    public static string Of(RebuildProgress value, TimeSpan elapsed) =>
        $"rebuilding the catalog  {Size.Count(value.Packs)}/{Size.Count(value.TotalPacks)} packs"
        + Eta(value.Packs, value.TotalPacks, elapsed);

    /// <summary><c>looking at packs  3/40</c>, <c>marking  1,204 entries</c>, <c>copying  12 MiB/40 MiB  9 MiB/s</c>.</summary>
    public static string Of(PruneProgress value, TimeSpan elapsed) => value.Stage switch
    {
        PruneStage.Survey => $"looking at packs  {Size.Count(value.Done)}/{Size.Count(value.Total)}",
        PruneStage.Mark => $"marking  {Size.Count(value.Done, "entry", "entries")}",
        PruneStage.Rewrite => $"copying  {Size.Text(value.Done)}/{Size.Text(value.Total)}{Rate(value.Done, elapsed)}",
        PruneStage.Prove => $"checking what is kept  {Size.Count(value.Done)}/{Size.Count(value.Total)} packs",
        PruneStage.Delete => $"deleting  {Size.Count(value.Done, "pack", "packs")}",
    };

    private static string Read(SnapshotProgress value, TimeSpan elapsed) =>
        value.BytesRead > 0 ? $"  read {Size.Text(value.BytesRead)}{Rate(value.BytesRead, elapsed)}" : "";

    private static string Rate(long bytes, TimeSpan elapsed) =>
        elapsed.TotalSeconds >= 0.2 ? $"  {Size.Text((long)(bytes / elapsed.TotalSeconds))}/s" : "";

    private static string Eta(long done, long total, TimeSpan elapsed)
    {
        bool sure = done > 0 && total > done && elapsed.TotalSeconds >= 1;
        return sure ? $"  ETA {Size.Duration(elapsed * ((double)(total - done) / done))}" : "";
    }
}
