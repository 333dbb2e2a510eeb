using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.S3.Config;

/// <summary>Reads what a collector of documents gives.</summary>
internal static class CollectedDocuments
{
    /// <summary>The bytes of each by path; a fault is an error of the test.</summary>
    public static async Task<Dictionary<string, byte[]>> OfAsync(ICollector collector)
    {
        var documents = new Dictionary<string, byte[]>();
        await foreach (SourceEntry entry in collector.CollectAsync(default))
        {
            Assert.False(entry is SourceFault, (entry as SourceFault)?.Message);
            await using ContentReader reader = await entry.OpenAsync(default);
            using var bytes = new MemoryStream();
            byte[] part = new byte[100];
            while (await reader.ReadAsync(part, default) is { Bytes: > 0 } read)
            {
                bytes.Write(part, 0, read.Bytes);
            }

            Assert.Equal(entry.Size, bytes.Length);
            documents.Add(entry.Path.ToString(), bytes.ToArray());
        }

        return documents;
    }
}
