namespace JadaStore.Collectors.Lambda;

/// <summary>The right to use a zip file that is held; ends when disposed of, once.</summary>
internal sealed class ZipLease(HeldZip zip, Action end) : IDisposable
{
    private Action? _end = end;

    /// <summary>The zip file.</summary>
    public HeldZip Zip => zip;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
