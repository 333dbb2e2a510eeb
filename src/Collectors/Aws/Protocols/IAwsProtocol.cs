using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>How a family of services puts values on the wire.</summary>
/// <remarks>
/// The JSON of both ways is the AWS CLI's: what <c>--cli-input-json</c> takes and what <c>--output json</c> prints with
/// <c>cli_timestamp_format = iso8601</c>, without <c>ResponseMetadata</c>.
/// </remarks>
internal interface IAwsProtocol
{
    /// <summary>The request that asks for this.</summary>
    /// <exception cref="Store.StoreException">The input lacks what the path needs, or holds what cannot be
    /// sent.</exception>
    AwsRequest Write(AwsOperation operation, JsonObject input);

    /// <summary>What an answer says.</summary>
    /// <remarks>What the model does not know is kept, under its own name and as text.</remarks>
    /// <exception cref="AwsException">The body is malformed.</exception>
    JsonObject Read(AwsOperation operation, WholeAnswer answer);
}
