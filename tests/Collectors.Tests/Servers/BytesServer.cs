using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>
/// A web server for tests of the proxy: <c>GET /length/N</c> and <c>/chunks/N</c> give N bytes, <c>PUT</c> the SHA-256
/// of what came.
/// </summary>
internal sealed class BytesServer : IDisposable
{
    private const int MostTries = 20;

    private readonly HttpListener _listener;

    public BytesServer()
    {
        (_listener, Endpoint) = Start();
        _ = RunAsync();
    }

    public S3Endpoint Endpoint { get; }

    /// <summary>How many requests it has heard of.</summary>
    public int Heard { get; private set; }

    /// <summary>The bytes that it gives.</summary>
    public static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    public void Dispose() => _listener.Close();

    // The kernel chooses a port; between that and its use another process may take it, and then it chooses another.
    private static (HttpListener Listener, S3Endpoint Endpoint) Start()
    {
        for (int tries = 1; ; tries++)
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var endpoint =
                new S3Endpoint(new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}"), "", "");
            probe.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add(endpoint.Url.ToString());
            try
            {
                listener.Start();
                return (listener, endpoint);
            }
            catch (HttpListenerException) when (tries < MostTries)
            {
                listener.Close();
            }
        }
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Heard++;
            try
            {
                await AnswerAsync(context);
            }
            catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
            {
                // The client went away.
            }
        }
    }

    private static async Task AnswerAsync(HttpListenerContext context)
    {
        using HttpListenerResponse answer = context.Response;
        byte[] body;
        if (context.Request.HttpMethod == "PUT")
        {
            byte[] digest = await SHA256.HashDataAsync(context.Request.InputStream);
            body = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest));
        }
        else
        {
            string[] words = context.Request.Url!.AbsolutePath.Split('/');
            body = Bytes(int.Parse(words[2], CultureInfo.InvariantCulture));
            answer.SendChunked = words[1] == "chunks";
        }

        if (!answer.SendChunked)
        {
            answer.ContentLength64 = body.Length;
        }

        await answer.OutputStream.WriteAsync(body);
    }
}
