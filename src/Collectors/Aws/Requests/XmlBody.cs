using System.Xml;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Takes a whole XML answer from the wire, hostile as it is: no document type, no references,
/// bounded.</summary>
internal static class XmlBody
{
    /// <summary>Longest answer: 16 MiB, five times what 1,000 of the longest keys come to.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxLength,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The bytes of the body; the response can be disposed of then.</summary>
    /// <exception cref="IOException">It broke off, or is too long.</exception>
    public static async Task<byte[]> ReadAsync(AwsResponse response, CancellationToken cancellationToken) =>
        await WholeBody.ReadAsync(response.Body, MaxLength, cancellationToken).ConfigureAwait(false)
        ?? throw new IOException($"an answer is longer than {MaxLength} bytes");

    /// <summary>A reader over them; what is malformed shows as <see cref="XmlException"/> while reading.</summary>
    public static XmlReader Open(byte[] body) => XmlReader.Create(new MemoryStream(body), Settings);
}
