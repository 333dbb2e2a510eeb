using System.Text;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Aws;

/// <summary>Answers from a function; keeps what was sent.</summary>
internal sealed class FakeTransport(Func<AwsRequest, string> answer) : IAwsTransport
{
    public List<AwsRequest> Sent { get; } = [];

    public Task<AwsResponse> SendAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        lock (Sent)
        {
            Sent.Add(request);
        }

        return Task.FromResult(new AwsResponse(200, [], new MemoryStream(Encoding.UTF8.GetBytes(answer(request)))));
    }
}
