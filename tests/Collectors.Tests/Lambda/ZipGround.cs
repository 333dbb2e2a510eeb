using System.Security.Cryptography;
using JadaStore.Collectors.Aws.Downloads;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Lambda;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>Zips that lie on a server, and what fetches them.</summary>
internal sealed class ZipGround : IDisposable
{
    /// <summary>Stands in every URL, and nowhere else.</summary>
    public const string Token = "SECRET-TOKEN";

    private readonly AwsWire _wire;
    private int _located;

    /// <param name="time">Counts the waits before another try; null: there are none.</param>
    /// <param name="maxFiles">Most bytes that are held of zips above 4 MiB.</param>
    /// <param name="patience">How long what is still to be read stays; a minute unless said.</param>
    public ZipGround(WaitCounter? time = null, long maxFiles = HeldZips.MaxFiles, TimeSpan? patience = null)
    {
        _wire = new AwsWire(
            () => throw new InvalidOperationException("No keys are needed."), new InFlight(64, 64),
            time ?? TimeProvider.System, Server)
        {
            Attempts = 2, Backoff = time is null ? TimeSpan.Zero : WaitCounter.Backoff,
        };
        Zips = new HeldZips(new PresignedDownloads(_wire, null), maxFiles)
        {
            Patience = patience ?? TimeSpan.FromMinutes(1),
        };
    }

    public CodeServer Server { get; } = new();

    public HeldZips Zips { get; }

    /// <summary>How often a URL was asked for.</summary>
    public int Located => _located;

    /// <summary>Puts a zip to the server.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="listed">What is listed of it instead: its bytes are others by now.</param>
    public RemoteZip Put(byte[] bytes, string name = "fn", byte[]? listed = null)
    {
        Server.Files["/" + name] = bytes;
        byte[] told = listed ?? bytes;
        return new RemoteZip(
            $"the code of {name}", told.Length, Convert.ToHexStringLower(SHA256.HashData(told)),
            _ => Task.FromResult(Url(name)));
    }

    /// <summary>The source of several zips: of each the file, and its files.</summary>
    public ListedSource Source(IEnumerable<RemoteZip> zips) => new(
        "lambda",
        [
            .. zips.Index().SelectMany(one => (SourceEntry[])
            [
                ZipFile.Of(new EntryPath($"r/fn{one.Index:D2}/code.zip"), one.Item, Zips),
                ZipSubtree.Of(new EntryPath($"r/fn{one.Index:D2}/code/"), one.Item, Zips),
            ]),
        ]) { ReadsAtOnce = 8 };

    /// <summary>The source of one zip: the file, and its files.</summary>
    public ListedSource Source(RemoteZip zip) => new(
        "lambda", ZipFile.Of(new EntryPath("r/fn/code.zip"), zip, Zips),
        ZipSubtree.Of(new EntryPath("r/fn/code/"), zip, Zips)) { ReadsAtOnce = 8 };

    public string Url(string name)
    {
        int number = Interlocked.Increment(ref _located);
        return $"https://code.s3.us-east-1.amazonaws.com/{name}?X-Amz-Security-Token={Token}-{number}";
    }

    public void Dispose()
    {
        Zips.Dispose();
        _wire.Dispose();
    }
}
