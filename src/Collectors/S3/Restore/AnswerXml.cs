using System.Xml;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>A short answer in XML: its elements with text, in order.</summary>
/// <remarks>What takes S3 long it answers with 200 before it knows whether it will succeed: then the body
/// tells.</remarks>
internal sealed class AnswerXml
{
    private const int Tries = 4;

    private readonly List<KeyValuePair<string, string>> _texts = [];

    private AnswerXml(byte[] body)
    {
        using XmlReader xml = XmlBody.Open(body);
        string name = "";
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                name = xml.LocalName;
                Root ??= name;
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                _texts.Add(new(name, xml.Value));
            }
        }
    }

    /// <summary>The outermost element.</summary>
    public string? Root { get; }

    /// <summary>Names of elements with text, and that text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Texts => _texts;

    /// <summary>The text of the first element of that name; null where there is none.</summary>
    public string? this[string name] => _texts.Find(text => text.Key == name).Value;

    /// <summary>Sends a request, and again when its answer breaks off or tells of a failure that may pass.</summary>
    /// <exception cref="AwsException">It failed.</exception>
    /// <exception cref="IOException">The answer cannot be read.</exception>
    public static async Task<AnswerXml> AskAsync(
        IAwsTransport transport, AwsRequest request, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                AwsResponse response = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
                await using (response.ConfigureAwait(false))
                {
                    AnswerXml answer = Read(
                        await XmlBody.ReadAsync(response, cancellationToken).ConfigureAwait(false), request.Operation);
                    string code = answer["Code"] ?? "";
                    if (answer.Root is not "Error" && !IsAnswerTo(request.Operation, answer.Root))
                    {
                        throw new IOException($"the answer to {request.Operation} is {answer.Root}");
                    }

                    if (answer.Root != "Error")
                    {
                        return answer;
                    }

                    if (code is not ("InternalError" or "SlowDown" or "RequestTimeout") || attempt == Tries)
                    {
                        throw new AwsException(
                            request.Operation, 200, code, $"{request.Operation}: {code}: {answer["Message"]}");
                    }
                }
            }
            catch (IOException e) when (e is not AwsException && attempt < Tries)
            {
                // Cut off, or garbled on the way.
            }
        }
    }

    // Some servers end the name as the request's documentation does.
    private static bool IsAnswerTo(string operation, string? root)
    {
        string stem = operation switch
        {
            "CreateMultipartUpload" => "InitiateMultipartUpload",
            "DeleteObjects" => "Delete",
            _ => operation,
        };
        return root == stem + "Result" || root == stem + "Response";
    }

    private static AnswerXml Read(byte[] body, string operation)
    {
        try
        {
            return new AnswerXml(body);
        }
        catch (XmlException e)
        {
            throw new IOException($"the answer to {operation} is malformed: {AwsWire.OneLine(e.Message)}", e);
        }
    }
}
