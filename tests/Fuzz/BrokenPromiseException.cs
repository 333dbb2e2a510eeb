namespace JadaStore.Fuzz;

/// <summary>A decoder did what it promises not to do.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
