namespace JadaStore.Collectors.AppsScript;

/// <summary>What came of one request, whole.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="RetryAfter">How long Google asks to wait; null where it does not say.</param>
internal sealed record GoogleAnswer(int Status, byte[] Body, TimeSpan? RetryAfter);
