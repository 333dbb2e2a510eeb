using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>One client's connection to the proxy, with a connection to the server of its own.</summary>
internal sealed class ProxyConnection(FaultProxy proxy, Socket socket) : IDisposable
{
    private readonly HttpWire _client = new(socket);
    private readonly byte[] _piece = new byte[1 << 16];
    private HttpWire? _server;

    /// <summary>Serves requests until either side ends it. Never fails.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        try
        {
            while (await _client.ReadHeadAsync(token) is { } head)
            {
                string[] words = head.First.Split(' ');
                ProxiedRequest request = proxy.Begin(words[0], words[1], head.Headers);
                bool goesOn;
                try
                {
                    goesOn = await ServeAsync(request, head, token);
                }
                finally
                {
                    proxy.End();
                }

                if (!goesOn || head.Closes)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException
            or OperationCanceledException)
        {
            // One side went away, which the other is to feel.
            _client.Reset();
        }
    }

    public void Dispose()
    {
        _server?.Dispose();
        _client.Dispose();
    }

    /// <returns>Whether the connection can be used again.</returns>
    private async Task<bool> ServeAsync(ProxiedRequest request, HttpHead head, CancellationToken token)
    {
        _client.BeginBody(head.ContentLength ?? 0, head.IsChunked);
        switch (request.Fault)
        {
            case Fault.InternalError:
                await RefuseAsync(head, "500 Internal Server Error", "InternalError", token);
                return true;
            case Fault.SlowDown:
                await RefuseAsync(head, "503 Slow Down", "SlowDown", token);
                return true;
            case Fault.CutBeforeRequest:
                _client.Reset();
                return false;
            case Fault.Stall:
                await Task.Delay(Timeout.Infinite, token);
                return false;
            default:
                HttpHead answer = await AskServerAsync(head, token);
                return await AnswerAsync(request, answer, token);
        }
    }

    private async Task<HttpHead> AskServerAsync(HttpHead head, CancellationToken token)
    {
        await InviteBodyAsync(head, token);
        try
        {
            return await PassOnAsync(head, token);
        }
        catch (Exception e) when (e is IOException or SocketException && head.ContentLength is null && !head.IsChunked)
        {
            // A server may end an idle connection at any time, also just when it is used again.
            _server?.Dispose();
            _server = null;
            return await PassOnAsync(head, token);
        }
    }

    private async Task<HttpHead> PassOnAsync(HttpHead head, CancellationToken token)
    {
        if (_server is not { IsIdle: true })
        {
            _server?.Dispose();
            _server = await HttpWire.ConnectAsync(proxy.Server, token);
        }

        await _server.WriteAsync(head.Forward(head.ContentLength, head.IsChunked), token);
        await CopyAsync(_client, _server, head.IsChunked, long.MaxValue, flipped: -1, token);
        while (true)
        {
            HttpHead answer = await _server.ReadHeadAsync(token)
                ?? throw new IOException("The server ended the connection.");
            if (answer.Status >= 200)
            {
                return answer;
            }
        }
    }

    private async Task<bool> AnswerAsync(ProxiedRequest request, HttpHead answer, CancellationToken token)
    {
        if (request.Fault == Fault.CutBeforeHeaders)
        {
            _client.Reset();
            return false;
        }

        bool hasBody = request.Method != "HEAD" && answer.Status is not (204 or 304) && answer.ContentLength != 0;
        _server!.BeginBody(hasBody ? answer.ContentLength : 0, hasBody && answer.IsChunked);
        long? length = answer.IsChunked ? null : answer.ContentLength;
        Fault fault = hasBody ? request.Fault : Fault.None;
        long announced = (length ?? 0) - (fault == Fault.WrongLength ? 1 : 0);
        await _client.WriteAsync(answer.Forward(length is null ? null : announced, hasBody), token);
        // Where in the body: in a body of unknown length, soon.
        long middle = length is { } known ? known / 2 : 64;
        long most = fault switch
        {
            Fault.CutInBody or Fault.StallInBody => middle,
            Fault.ShortBody or Fault.WrongLength => length - 1 ?? middle,
            _ => long.MaxValue,
        };
        long flipped = fault == Fault.FlippedByte ? Drawn(request, length ?? middle) : -1;
        bool isWhole = await CopyAsync(_server, _client, length is null, most, flipped, token);
        if (fault == Fault.StallInBody)
        {
            await Task.Delay(Timeout.Infinite, token);
        }

        if (fault == Fault.CutInBody)
        {
            _client.Reset();
        }

        if (answer.Closes || !isWhole)
        {
            _server.Dispose();
            _server = null;
        }

        return isWhole || (fault == Fault.WrongLength && length is not null);
    }

    // Copies a body, at `flipped` with a byte changed. False: after `most` bytes it stopped, and did not end it.
    private async Task<bool> CopyAsync(
        HttpWire from, HttpWire to, bool chunked, long most, long flipped, CancellationToken token)
    {
        long done = 0;
        while (done < most)
        {
            int count = await from.ReadBodyAsync(_piece.AsMemory(0, (int)Math.Min(_piece.Length, most - done)), token);
            if (count == 0)
            {
                if (chunked)
                {
                    await to.WriteAsync("0\r\n\r\n"u8.ToArray(), token);
                }

                return true;
            }

            if (flipped >= done && flipped < done + count)
            {
                _piece[flipped - done] ^= 0x10;
            }

            if (chunked)
            {
                await to.WriteAsync(Encoding.ASCII.GetBytes($"{count:x}\r\n"), token);
            }

            await to.WriteAsync(_piece.AsMemory(0, count), token);
            if (chunked)
            {
                await to.WriteAsync("\r\n"u8.ToArray(), token);
            }

            done += count;
        }

        return false;
    }

    private async Task RefuseAsync(HttpHead head, string status, string code, CancellationToken token)
    {
        await InviteBodyAsync(head, token);
        while (await _client.ReadBodyAsync(_piece, token) > 0)
        {
        }

        string body = head.First.StartsWith("HEAD ", StringComparison.Ordinal) ? ""
            : $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code>"
                + "<Message>A fault of the test's.</Message><Resource>/</Resource><RequestId>0</RequestId></Error>";
        string answer = $"HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\n\r\n";
        await _client.WriteAsync(Encoding.ASCII.GetBytes(answer + body), token);
    }

    private async Task InviteBodyAsync(HttpHead head, CancellationToken token)
    {
        if (head.Header("Expect") is not null)
        {
            await _client.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), token);
        }
    }

    private static long Drawn(ProxiedRequest request, long below)
    {
        byte[] drawn = SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Attempt} {request.Target}"));
        return (long)(BitConverter.ToUInt64(drawn) % (ulong)Math.Max(1, below));
    }
}
