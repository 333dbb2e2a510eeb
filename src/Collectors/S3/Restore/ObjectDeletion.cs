using System.Text;
using System.Xml;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>Removes many objects by one request, and one by one what cannot be so removed.</summary>
internal sealed class ObjectDeletion(IAwsTransport transport, string bucket)
{
    /// <summary>Most by one request: 1,000.</summary>
    public const int Most = 1000;

    // Those that a server without DeleteObjects, or with a fault for each key, makes requests of their own.
    private const int AtOnce = 32;

    /// <summary>Removes them.</summary>
    /// <returns>By number, why those failed that did.</returns>
    public async ValueTask<IReadOnlyDictionary<int, string>> RunAsync(
        IReadOnlyList<TargetObject> objects, CancellationToken cancellationToken)
    {
        // XML 1.0 has no way to write every character that a key can hold.
        List<int> alone = [.. Enumerable.Range(0, objects.Count).Where(i => !IsXml(TextOf(objects[i])))];
        int[] together = [.. Enumerable.Range(0, objects.Count).Except(alone)];
        if (together.Length > 0)
        {
            alone.AddRange(await TogetherAsync(objects, together, cancellationToken).ConfigureAwait(false));
        }

        var failed = new System.Collections.Concurrent.ConcurrentDictionary<int, string>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(alone, parallel, async (i, token) =>
        {
            try
            {
                await objects[i].DeleteAsync(token).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                failed[i] = e.Message;
            }
        }).ConfigureAwait(false);
        return failed;
    }

    // Those that are still there.
    private async Task<IEnumerable<int>> TogetherAsync(
        IReadOnlyList<TargetObject> objects, int[] together, CancellationToken cancellationToken)
    {
        byte[] body = Body(together.Select(i => TextOf(objects[i])));
        var request = new AwsRequest
        {
            Operation = "DeleteObjects",
            Method = "POST",
            Bucket = bucket,
            Path = "/",
            Query = [new("delete", null)],
            Headers = [PartChecksum.Md5(body).Header, new("content-type", "application/xml")],
            Body = body,
        };
        try
        {
            AnswerXml answer = await AnswerXml.AskAsync(transport, request, cancellationToken).ConfigureAwait(false);
            var left = answer.Texts.Where(text => text.Key == "Key")
                .Select(text => text.Value).ToHashSet(StringComparer.Ordinal);
            int[] named = [.. together.Where(i => left.Contains(TextOf(objects[i])))];
            bool isClear = named.Length == left.Count && (named.Length > 0 || answer["Code"] is null);
            return isClear ? named : together;
        }
        catch (IOException)
        {
            // Each by itself says what is wrong with it.
            return together;
        }
    }

    private static byte[] Body(IEnumerable<string> keys)
    {
        var bytes = new MemoryStream();
        var settings =
            new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            xml.WriteStartElement("Delete", "http://s3.amazonaws.com/doc/2006-03-01/");
            xml.WriteElementString("Quiet", "true");
            foreach (string key in keys)
            {
                xml.WriteStartElement("Object");
                xml.WriteElementString("Key", key);
                xml.WriteEndElement();
            }
        }

        return bytes.ToArray();
    }

    private static string TextOf(TargetObject one) => Encoding.UTF8.GetString(one.Key.Span);

    // Blanks that a reader may drop go alone as well.
    private static bool IsXml(string key) =>
        key.All(letter => letter >= ' ' && letter is not ('\uFFFE' or '\uFFFF')) && key.Length > 0
            && key.AsSpan().Trim().Length == key.Length;
}
