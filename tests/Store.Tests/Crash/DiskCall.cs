namespace JadaStore.Store.Tests.Crash;

/// <summary>The calls of a <see cref="SimulatedDisk"/> that may fail.</summary>
internal enum DiskCall
{
    Create,
    Write,
    Flush,
    Move,
    MakeFolder,
    FlushFolder,
    Delete,
    Open,
    Read,
    List,
}
