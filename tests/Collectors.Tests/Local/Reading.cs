using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local;

/// <summary>What reading a file gave.</summary>
/// <param name="Bytes">All of it, holes as zeros.</param>
/// <param name="Holes">Bytes that came as holes.</param>
/// <param name="End">What the reader said at the end.</param>
internal sealed record Reading(byte[] Bytes, long Holes, ContentEnd End)
{
    /// <param name="entry">A file.</param>
    /// <param name="portion">How much is asked for at once.</param>
    /// <param name="during">Done after the first read.</param>
    public static async Task<Reading> OfAsync(SourceEntry entry, int portion = 65_536, Action? during = null)
    {
        await using ContentReader reader = await entry.OpenAsync(CancellationToken.None);
        using var all = new MemoryStream();
        byte[] buffer = new byte[portion];
        long holes = 0;
        while (true)
        {
            ContentRead read = await reader.ReadAsync(buffer, CancellationToken.None);
            if (read == default)
            {
                break;
            }

            Assert.True(read.Bytes == 0 || read.Hole == 0);
            all.Write(buffer, 0, read.Bytes);
            all.SetLength(all.Length + read.Hole);
            all.Position = all.Length;
            holes += read.Hole;
            during?.Invoke();
            during = null;
        }

        during?.Invoke();
        return new Reading(all.ToArray(), holes, await reader.FinishAsync(CancellationToken.None));
    }
}
