using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;

namespace JadaStore.Collectors.S3.Config;

/// <summary>Makes of a stored document what the operation takes that puts it back.</summary>
internal static class ConfigRequest
{
    /// <summary>The input that puts a document, or one of its parts.</summary>
    public static JsonObject Put(string bucket, BucketDocument document, JsonNode value, AwsOperation put)
    {
        var input = new JsonObject { ["Bucket"] = bucket };
        if (document.Text is { } text)
        {
            input[text] = Compact(value);
            return input;
        }

        var members = (JsonObject)value.DeepClone();
        if (document.Items is not null)
        {
            input["Id"] = members["Id"]?.DeepClone();
            input[document.Wrap!] = members;
            return input;
        }

        // MFA delete can be switched on only with a code of the device, and is off where nobody did.
        if (document.Name == "versioning" && members["MFADelete"]?.ToString() == "Disabled")
        {
            members.Remove("MFADelete");
        }

        if (document.Wrap is not { } wrap)
        {
            return Merge(input, members);
        }

        // What answers in a header is sent in one; the rest is the body.
        var body = new JsonObject();
        var shape = (StructureShape)put.Input!.Shape;
        foreach ((string name, JsonNode? member) in members)
        {
            bool header = shape.Members.TryGetValue(name, out ShapeUse? use)
                && use.Traits.Location == MemberLocation.Header;
            (header ? input : body)[name] = member?.DeepClone();
        }

        input[wrap] = body;
        return input;
    }

    /// <summary>The input that removes a document, or its part of that id.</summary>
    public static JsonObject Delete(string bucket, string? id)
    {
        var input = new JsonObject { ["Bucket"] = bucket };
        if (id is not null)
        {
            input["Id"] = id;
        }

        return input;
    }

    private static JsonObject Merge(JsonObject input, JsonObject members)
    {
        foreach ((string name, JsonNode? member) in members)
        {
            input[name] = member?.DeepClone();
        }

        return input;
    }

    // A policy has a length limit that indentation would count against.
    private static string Compact(JsonNode value)
    {
        if (value is not JsonObject)
        {
            return value.GetValue<string>();
        }

        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(
            bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
