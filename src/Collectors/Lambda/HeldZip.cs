using System.IO.Compression;

namespace JadaStore.Collectors.Lambda;

/// <summary>A zip file that is here, and what was opened over it.</summary>
/// <param name="bytes">The file; disposed of with this.</param>
internal sealed class HeldZip(HeldBytes bytes) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private ZipArchive? _archive;

    /// <summary>The file.</summary>
    public HeldBytes Bytes => bytes;

    /// <summary>Waits for its turn with the archive, which is not for several threads; <see cref="GiveBack"/> ends
    /// it.</summary>
    /// <exception cref="IOException">It is no zip file.</exception>
    public async ValueTask<ZipArchive> TakeArchiveAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _archive ??= ZipMembers.Open(bytes);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>Ends a turn.</summary>
    public void GiveBack() => _turn.Release();

    /// <inheritdoc/>
    public void Dispose()
    {
        _archive?.Dispose();
        _turn.Dispose();
        bytes.Dispose();
    }
}
