using System.Text;
using JadaStore.Collectors.AppsScript;
using JadaStore.Collectors.Tests.Local;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.AppsScript;

/// <summary>A Google of its own for one test, and a folder with clasp's login to it.</summary>
internal sealed class GoogleGround : IDisposable
{
    public const string Clasp3 = """
        {"tokens": {"default": {"type": "authorized_user", "client_id": "the-client", "client_secret": "the-secret",
          "refresh_token": "the-refresh", "access_token": "old-token", "expiry_date": 1000}}}
        """;

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public GoogleGround() => Login(Clasp3);

    public GoogleServer Google { get; } = new();

    public TempTree Tree { get; } = new();

    public string LoginFile => Tree[".clasprc.json"];

    public void Login(string json) => Tree.File(".clasprc.json", json);

    public AppsScriptSource Source(AppsScriptOptions options) => new(
        options with { Credentials = LoginFile }, Google.Endpoints, new StillClock(), TimeSpan.FromMilliseconds(1));

    public AppsScriptSource All() => Source(new AppsScriptOptions { All = true });

    /// <summary>Everything, subtrees looked into, content as text.</summary>
    public static async Task<SortedDictionary<string, string>> ReadAsync(ICollector source)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        EntryPath? last = null;
        await foreach (SourceEntry entry in source.CollectAsync(default))
        {
            Assert.True(last is not { } before || before < entry.Path, $"{entry.Path} after {last}");
            last = entry.Path;
            found.Add(entry.Path.ToString(), await TextAsync(entry));
            if (entry is not SourceSubtree subtree)
            {
                continue;
            }

            await foreach (SourceEntry below in subtree.ExpandAsync(default))
            {
                Assert.True(last < below.Path && below.Path.IsAtOrBelow(entry.Path), $"{below.Path} after {last}");
                last = below.Path;
                found.Add(below.Path.ToString(), await TextAsync(below));
            }
        }

        return found;
    }

    public void Dispose()
    {
        Google.Dispose();
        Tree.Dispose();
    }

    private static async Task<string> TextAsync(SourceEntry entry)
    {
        if (entry is SourceFault fault)
        {
            return "FAULT " + fault.Message;
        }

        Entry described = await entry.DescribeAsync(default);
        Assert.Equal((entry.Path, entry.Kind), (described.Path, described.Kind));
        Assert.True(entry is not SourceSubtree || entry.Fingerprint.AsSpan().SequenceEqual(described.Fingerprint));
        if (entry.Kind != EntryKind.File)
        {
            return "";
        }

        await using ContentReader reader = await entry.OpenAsync(default);
        byte[] buffer = new byte[1 << 16];
        ContentRead read = await reader.ReadAsync(buffer, default);
        Assert.Equal(entry.Path, (await reader.FinishAsync(default)).Entry.Path);
        return Encoding.UTF8.GetString(buffer, 0, read.Bytes);
    }

    /// <summary>A time that stands still; waits are waits.</summary>
    private sealed class StillClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
