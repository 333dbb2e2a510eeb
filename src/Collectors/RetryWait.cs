namespace JadaStore.Collectors;

/// <summary>How long to wait before another try, as the SDKs' "standard" mode has it.</summary>
internal static class RetryWait
{
    /// <summary>Anything up to <paramref name="first"/>, doubled with each try but bounded: full jitter.</summary>
    /// <param name="attempt">How many tries there were; from 1.</param>
    /// <param name="first">The longest wait after the first.</param>
    /// <param name="longest">The longest of all.</param>
    public static TimeSpan After(int attempt, TimeSpan first, TimeSpan longest)
    {
        double most = Math.Min(first.TotalMilliseconds * Math.Pow(2, attempt - 1), longest.TotalMilliseconds);
#pragma warning disable CA5394 // Spreads waits; nothing secret depends on it.
        return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * most);
#pragma warning restore CA5394
    }
}
