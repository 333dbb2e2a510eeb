using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>One end of an HTTP/1.1 connection: reads heads and bodies, writes bytes. One message at a time.</summary>
internal sealed class HttpWire(Socket socket) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _from;
    private int _to;

    // Of the body that is being read: bytes left of it or of its chunk; -1: until the connection ends.
    private long _left;
    private bool _chunked;

    public static async Task<HttpWire> ConnectAsync(EndPoint to, CancellationToken token)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, token);
            return new HttpWire(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Nothing came that was not asked for, not even the end.</summary>
    public bool IsIdle => _from == _to && socket.Connected && !socket.Poll(0, SelectMode.SelectRead);

    /// <summary>The next head, or null when the connection ended in good order before it.</summary>
    /// <exception cref="IOException">It broke off.</exception>
    public async ValueTask<HttpHead?> ReadHeadAsync(CancellationToken token)
    {
        int searched = 0;
        while (true)
        {
            int at = _buffer.AsSpan(_from + searched, _to - _from - searched).IndexOf("\r\n\r\n"u8);
            if (at >= 0)
            {
                int length = searched + at + 4;
                HttpHead head = HttpHead.Parse(_buffer.AsSpan(_from, length));
                _from += length;
                return head;
            }

            searched = Math.Max(0, _to - _from - 3);
            if (!await FillAsync(token))
            {
                return _from == _to ? null : throw new IOException("The connection ended in the middle of a head.");
            }
        }
    }

    /// <summary>How the body that follows is framed: in chunks, by a length, or else by the connection's end.</summary>
    public void BeginBody(long? length, bool chunked)
    {
        _chunked = chunked;
        _left = chunked ? 0 : length ?? -1;
    }

    /// <summary>The next bytes of the body, out of their chunks; 0 at its end.</summary>
    /// <exception cref="IOException">It broke off.</exception>
    public async ValueTask<int> ReadBodyAsync(Memory<byte> into, CancellationToken token)
    {
        if (_chunked && _left == 0)
        {
            string size = (await ReadLineAsync(token)).Split(';')[0];
            _left = long.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (_left == 0)
            {
                _chunked = false;
                while ((await ReadLineAsync(token)).Length > 0)
                {
                }
            }
        }

        if (_left == 0)
        {
            return 0;
        }

        if (_from == _to && !await FillAsync(token))
        {
            return _left < 0 ? 0 : throw new IOException("The connection ended in the middle of a body.");
        }

        int count = (int)Math.Min(Math.Min(into.Length, _to - _from), _left < 0 ? int.MaxValue : _left);
        _buffer.AsMemory(_from, count).CopyTo(into);
        _from += count;
        if (_left > 0 && (_left -= count) == 0 && _chunked)
        {
            await ReadLineAsync(token);
        }

        return count;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken token) =>
        _stream.WriteAsync(bytes, token);

    /// <summary>Ends the connection as a crash does: what is under way is lost.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose() => _stream.Dispose();

    private async ValueTask<string> ReadLineAsync(CancellationToken token)
    {
        while (true)
        {
            int at = _buffer.AsSpan(_from, _to - _from).IndexOf("\r\n"u8);
            if (at >= 0)
            {
                string line = Encoding.Latin1.GetString(_buffer.AsSpan(_from, at));
                _from += at + 2;
                return line;
            }

            if (!await FillAsync(token))
            {
                throw new IOException("The connection ended in the middle of a body.");
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken token)
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        if (_to == _buffer.Length)
        {
            throw new IOException("A head of more than 64 KiB.");
        }

        int count = await _stream.ReadAsync(_buffer.AsMemory(_to), token);
        _to += count;
        return count > 0;
    }
}
