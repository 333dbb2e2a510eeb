using System.Text;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Aws;

/// <summary>Answers from a function; keeps what was sent.</summary>
internal sealed class FakeTransport(Func<AwsRequest, string> answer) : IAwsTransport
{
    public List<AwsRequest> Sent { get; } = [];

    /// <summary>What answers say of their length, if anything.</summary>
    public int? Announced { get; init; }

    public Task<AwsResponse> SendAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        lock (Sent)
        {
            Sent.Add(request);
        }

        KeyValuePair<string, string>[] headers = Announced is { } length ? [new("content-length", $"{length}")] : [];
        return Task.FromResult(
            new AwsResponse(200, headers, new MemoryStream(Encoding.UTF8.GetBytes(answer(request)))));
    }
}
