using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>Progress of a catalog that is made anew in the midst of other work: wiped when it is done.</summary>
internal sealed class RebuildOutput(IProgressOutput output) : IProgress<RebuildProgress>
{
    /// <inheritdoc/>
    public void Report(RebuildProgress value)
    {
        output.Report(value);
        if (value.Packs >= value.TotalPacks)
        {
            output.Dispose();
        }
    }
}
