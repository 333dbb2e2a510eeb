using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JadaStore.Cli.Output.Json;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>Progress for programs: a line of JSON every second, none within the first.</summary>
/// <remarks>So work that is done at once prints its result and nothing else.</remarks>
internal sealed class ProgressJson(TextWriter output, TimeProvider time) : IProgressOutput
{
    private readonly Pace _pace = new(time, TimeSpan.FromSeconds(1));
    private readonly Lock _writing = new();

    /// <inheritdoc/>
    public void Report(SnapshotProgress value) =>
        Write(value, JstoreJson.Default.ProgressOfSnapshot, static v => new ProgressOfSnapshot(
            v.Root, v.Entries, v.Bytes, v.BytesRead, v.BytesAdded, v.ExpectedEntries, v.Done, ItemsJson.Of(v.Items)));

    /// <inheritdoc/>
    public void Report(RestoreProgress value) =>
        Write(value, JstoreJson.Default.ProgressOfRestore, static v => new ProgressOfRestore(
            v.Entries, v.Bytes, v.TotalEntries, v.TotalBytes));

    /// <inheritdoc/>
    public void Report(VerifyProgress value) =>
        Write(value, JstoreJson.Default.ProgressOfPacks, static v => new ProgressOfPacks(
            "verify_progress", v.Packs, v.TotalPacks, v.Bytes));

    /// <inheritdoc/>
    public void Report(VerifySourceProgress value) =>
        Write(value, JstoreJson.Default.ProgressOfVerifySource, static v => new ProgressOfVerifySource(
            v.Root, v.Checked, v.Bytes, v.Differing));

    /// <inheritdoc/>
    public void Report(RebuildProgress value) =>
        Write(value, JstoreJson.Default.ProgressOfPacks, static v => new ProgressOfPacks(
            "rebuild_progress", v.Packs, v.TotalPacks, 0));

    /// <inheritdoc/>
    public void Report(PruneProgress value) =>
        Write(value, JstoreJson.Default.ProgressOfPrune, static v => new ProgressOfPrune(
            "prune_progress", v.Stage.ToString().ToLowerInvariant(), v.Done, v.Total));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write<TValue, TJson>(TValue value, JsonTypeInfo<TJson> shape, Func<TValue, TJson> convert)
    {
        if (!_pace.IsDue())
        {
            return;
        }

        string line = JsonSerializer.Serialize(convert(value), shape);
        lock (_writing)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
