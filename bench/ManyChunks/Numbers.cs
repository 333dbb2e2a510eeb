namespace JadaStore.Bench.ManyChunks;

/// <summary>Numbers from <paramref name="First"/> to before <paramref name="End"/>, each <paramref name="Step"/>-th.</summary>
internal readonly record struct Numbers(long First, long End, long Step);
