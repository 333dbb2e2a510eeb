namespace JadaStore.Cli.Output;

/// <summary>Whoever read our output has gone (<c>| head</c>): there is nobody left to write for.</summary>
internal sealed class PipeClosedException() : IOException("Standard output was closed.");
