using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace JadaStore.Collectors.Aws.Models;

/// <summary>What is known of one service, as data: <c>tools/aws_models.py</c> describes the files.</summary>
internal sealed class AwsModel
{
    private static readonly ConcurrentDictionary<string, Lazy<AwsModel>> Loaded = new(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, AwsOperation> _operations;

    /// <param name="head">The members of the file that are single values.</param>
    /// <param name="operations">By name.</param>
    public AwsModel(IReadOnlyDictionary<string, string> head, IReadOnlyDictionary<string, AwsOperation> operations)
    {
        Service = head["service"];
        Protocol = head["protocol"];
        ApiVersion = head["api_version"];
        EndpointPrefix = head["endpoint_prefix"];
        SigningName = head["signing_name"];
        ServiceId = head["service_id"];
        QueryCompatible = head.ContainsKey("query_compatible");
        TargetPrefix = head.GetValueOrDefault("target_prefix");
        JsonVersion = head.GetValueOrDefault("json_version");
        _operations = operations;
    }

    /// <summary>The model of S3.</summary>
    public static AwsModel S3 => Of("s3");

    /// <summary>The AWS CLI's name of it, where that is botocore's: <c>s3</c>.</summary>
    public string Service { get; }

    /// <summary><c>rest-xml</c>, <c>rest-json</c>, <c>json</c>, <c>query</c> or <c>ec2</c>.</summary>
    public string Protocol { get; }

    /// <summary>For the query protocols.</summary>
    public string ApiVersion { get; }

    /// <summary>The first part of its host name.</summary>
    public string EndpointPrefix { get; }

    /// <summary>The service as signatures have it.</summary>
    public string SigningName { get; }

    /// <summary>The service as settings have it: <c>Route 53</c>.</summary>
    public string ServiceId { get; }

    /// <summary>For the json protocols: whether it spoke <c>query</c> once, and still knows the errors of
    /// that.</summary>
    public bool QueryCompatible { get; }

    /// <summary>For the json protocols; null for others.</summary>
    public string? TargetPrefix { get; }

    /// <summary>For the json protocols: <c>1.0</c> or <c>1.1</c>; null for others.</summary>
    public string? JsonVersion { get; }

    /// <summary>The operations' names.</summary>
    public IEnumerable<string> Operations => _operations.Keys;

    /// <summary>The model of a service: read when first wanted, which takes some milliseconds, and shared.</summary>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public static AwsModel Of(string service) =>
        Loaded.GetOrAdd(service, name => new Lazy<AwsModel>(() => Load(name))).Value;

    /// <summary>The operation of that name.</summary>
    /// <exception cref="ArgumentException">The model does not have it.</exception>
    public AwsOperation Operation(string name) => _operations.TryGetValue(name, out AwsOperation? operation)
        ? operation
        : throw new ArgumentException(
            $"The model of {Service} has no {name}; tools/aws_models.toml lists what it has.", nameof(name));

    private static AwsModel Load(string service)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"aws/{service}.json")
            ?? throw new ArgumentException($"There is no model of {service}.", nameof(service));
        using JsonDocument document = JsonDocument.Parse(file);
        return new ModelReader(document.RootElement).Read();
    }
}
