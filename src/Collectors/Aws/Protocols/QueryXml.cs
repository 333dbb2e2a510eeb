using System.Text.Json.Nodes;
using System.Xml;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>The protocols <c>query</c> and <c>ec2</c>: a form goes out, XML comes back. IAM, SNS, EC2.</summary>
/// <param name="model">Its version, and which of the two.</param>
internal sealed class QueryXml(AwsModel model) : IAwsProtocol
{
    private const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";

    // About the answer, and no part of it.
    private static readonly string[] About = ["ResponseMetadata", "RequestId", "requestId"];

    private readonly bool _ec2 = model.Protocol == "ec2";

    /// <inheritdoc/>
    public AwsRequest Write(AwsOperation operation, JsonObject input)
    {
        var form = new FormBody(_ec2);
        form.Add("Action", operation.Name);
        form.Add("Version", model.ApiVersion);
        if (operation.Input?.Shape is StructureShape shape)
        {
            form.Add(shape, input);
        }

        return new AwsRequest
        {
            Operation = operation.Name,
            Method = operation.Method,
            Path = "/",
            Headers = [new("Content-Type", ContentType)],
            Body = form.ToBytes(),
        };
    }

    /// <inheritdoc/>
    public JsonObject Read(AwsOperation operation, WholeAnswer answer)
    {
        if (operation.Output is not { Shape: StructureShape shape } use)
        {
            return [];
        }

        XmlItem root;
        try
        {
            root = XmlItemReader.Read(answer.Body);
        }
        catch (XmlException e)
        {
            throw new AwsException(
                operation.Name, answer.Status, AwsCalls.Malformed,
                $"{operation.Name}: the answer is not the XML that was expected: {e.Message}", e);
        }

        if (root.Children.Find(child => child.Name == use.Traits.ResultWrapper) is { } wrapped)
        {
            return XmlToJson.Structure(shape, wrapped);
        }

        root.Children.RemoveAll(child => About.Contains(child.Name) && !shape.ByWireName.ContainsKey(child.Name));
        return XmlToJson.Structure(shape, root);
    }
}
