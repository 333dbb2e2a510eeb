namespace JadaStore.Collectors.Lambda;

/// <summary>The right to use a zip file that is held; ends when disposed of, once.</summary>
internal sealed class ZipLease(HeldZip zip, Action end, Action<int> expect) : IDisposable
{
    private Action? _end = end;

    /// <summary>The zip file.</summary>
    public HeldZip Zip => zip;

    /// <summary>Says how many entries are going to be read later, each by <see cref="HeldZips.HoldExpectedAsync"/>;
    /// until then the zip stays here rather than others.</summary>
    public void Expect(int entries) => expect(entries);

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
