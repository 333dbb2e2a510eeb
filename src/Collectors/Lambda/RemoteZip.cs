namespace JadaStore.Collectors.Lambda;

/// <summary>A zip file that a service keeps, as it was listed.</summary>
/// <param name="What">For messages: <c>the code of booking-webhook</c>.</param>
/// <param name="Size">Bytes, as listed.</param>
/// <param name="Sha256">SHA-256 of the bytes, 64 lowercase hex digits, as listed.</param>
/// <param name="LocateAsync">
/// Asks for a URL to fetch it from, good for some minutes; fails where the zip is another by now.
/// </param>
internal sealed record RemoteZip(
    string What, long Size, string Sha256, Func<CancellationToken, Task<string>> LocateAsync);
