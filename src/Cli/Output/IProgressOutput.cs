using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>Takes the progress of every kind of work; reports come from any thread, as often as they like.</summary>
internal interface IProgressOutput
    : IProgress<SnapshotProgress>, IProgress<RestoreProgress>, IProgress<VerifyProgress>, IProgress<VerifySourceProgress>,
        IProgress<RebuildProgress>, IProgress<PruneProgress>, IDisposable
{
}
