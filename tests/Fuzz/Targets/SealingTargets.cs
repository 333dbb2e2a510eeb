using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JadaStore.Store.Chunking;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Fuzz.Targets;

/// <summary>What lies in a repository beside its packs: config, key slots, records.</summary>
internal static class SealingTargets
{
    /// <summary>The key 0, 1, … 31.</summary>
    public static MasterKey Master { get; } = new([.. Enumerable.Range(0, MasterKey.Size).Select(i => (byte)i)]);

    private static readonly RepositoryId Repository = new([.. Enumerable.Range(0x40, 16).Select(i => (byte)i)]);
    private static readonly DateTimeOffset Time = new(2026, 11, 5, 6, 7, 8, 900, TimeSpan.Zero);

    /// <summary>Of this room.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("config", () => [new RepositoryConfig(Repository, Time, new CutterOptions()).Encode(Master)], Config),
        new("key-slot", KeySlots, Slot),
        new("record", Records, Record),
        Document("forgotten", SealingJson.Default.ForgottenDocument, new ForgottenDocument(1, Digest(1), Time, [1, 2, 3], "keep-last 3")),
        Document("pin", SealingJson.Default.PinDocument, new PinDocument(1, Digest(1), Time, "why")),
        Document("condemned", SealingJson.Default.CondemnedDocument, new CondemnedDocument(1, new string('a', 32), Time, [new string('b', 32)])),
        Document("lost", SealingJson.Default.LostDocument, new LostDocument(1, new string('a', 32), Time, [Digest(2)])),
        .. Enum.GetValues<RecordKind>().Select(kind => new FuzzTarget(
            $"sealed-{kind.ToString().ToLowerInvariant()}", () => [Sealed("{\"version\":1}"u8, kind)], bytes => Open(bytes, kind))),
    ];

    private static void Config(byte[] bytes)
    {
        if (Promise.Stored(() => RepositoryConfig.Parse(bytes)) is { } config
            && Promise.Stored(() => { config.CheckMac(Master); return config; }) is not null)
        {
            Promise.Same(bytes, config.Encode(Master), "a config whose mac holds is the bytes that were written");
        }
    }

    private static void Slot(byte[] bytes)
    {
        if (Promise.Stored(() => KeySlot.Decode(bytes)) is { } slot)
        {
            byte[] again = slot.Encode();
            Promise.Same(again, KeySlot.Decode(again).Encode(), "a slot comes back as it was written");
            Promise.Holds(slot.Cost is null or { MemoryKib: <= KdfCost.MaxMemoryKib, Iterations: <= KdfCost.MaxIterations },
                "no slot makes the program work for hours");
        }
    }

    private static void Record(byte[] bytes)
    {
        if (Promise.Stored(() => SnapshotJson.Decode(bytes)) is { } record)
        {
            byte[] again = SnapshotJson.Encode(record);
            Promise.Same(
                again, SnapshotJson.Encode(SnapshotJson.Decode(again)), "a record comes back as it was written");
        }
    }

    private static FuzzTarget Document<T>(string name, JsonTypeInfo<T> type, T good)
        where T : class =>
        new(name, () => [JsonSerializer.SerializeToUtf8Bytes(good, type)], bytes =>
        {
            if (Promise.Stored(() => StoredJson.Read(bytes, type, "version", name)) is { } read)
            {
                byte[] again = JsonSerializer.SerializeToUtf8Bytes(read, type);
                T back = StoredJson.Read(again, type, "version", name);
                Promise.Same(
                    again, JsonSerializer.SerializeToUtf8Bytes(back, type), "a document comes back as it was written");
            }
        });

    // The input is first what is in the file, and then, where that is refused, what was sealed into it.
    private static void Open(byte[] bytes, RecordKind kind)
    {
        Promise.Stored(() => SealedRecord.Open(Master, bytes, kind));
        byte[] file = Sealed(bytes, kind);
        Promise.Same(bytes, SealedRecord.Open(Master, file, kind), "what was sealed comes back");
        if (bytes.Length > 0)
        {
            file[bytes[0] % file.Length] ^= (byte)(1 + (bytes[^1] % 255));
            Promise.Holds(
                Promise.Stored(() => SealedRecord.Open(Master, file, kind)) is null, "a changed file does not open");
        }
    }

    private static byte[] Sealed(ReadOnlySpan<byte> json, RecordKind kind) => SealedRecord.Seal(Master, json, kind);

    private static IEnumerable<byte[]> KeySlots() =>
    [
        """{"version":1,"id":"0011223344556677","label":"laptop","created":"2026-11-05T06:07:08.9Z","kdf":"none","master":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"}"""u8.ToArray(),
        Encoding.ASCII.GetBytes($$"""{"version":1,"id":"8899aabbccddeeff","label":"","created":"2026-11-05T06:07:08Z","kdf":"argon2id","memory_kib":8,"iterations":1,"parallelism":1,"salt":"{{new string('0', 32)}}","nonce":"{{new string('1', 24)}}","wrapped":"{{new string('a', 96)}}"}"""),
    ];

    private static IEnumerable<byte[]> Records()
    {
        var source = new SnapshotSource
        {
            Root = "local/site", Tree = Digest(1), Entries = 3, Bytes = 100, Complete = false, ErrorCount = 1,
            Errors = [new SourceError("a/b", "permission denied")], Excluded = ["*.tmp"],
        };
        var ledger = new SnapshotSource
        {
            Root = "aws/lambda", Account = "123456789012", UnlistedAfter = "6162",
            Coverage = [new("us-east-1/functions", CoverageState.Captured, 3), new("eu-west-1", CoverageState.Denied, 0, "AccessDenied")],
        };
        var record = new SnapshotRecord
        {
            Nonce =
                new string('0', 32), Name = "v1.0", Time = Time, DurationMs = 12, Message = "é\n", Tags = ["a", "b"],
            Host = "h", Program = "jstore 0.1.0", Sources = [ledger, source], AddedBytes = 5, StoredBytes = 6,
        };
        yield return SnapshotJson.Encode(record);
        yield return SnapshotJson.Encode(record with { Sources = [], Parent = Digest(2), Name = "\u202e\0" });
        yield return """{"version":1,"nonce":"00000000000000000000000000000000","name":"x","time":"2026-01-01T00:00:00Z","future":[1,{"a":null}]}"""u8.ToArray();
        yield return """{"version":1,"nonce":"00000000000000000000000000000000","name":"x","time":"2026-01-01T00:00:00Z","sources":[{"root":"r","coverage":[{"state":"new word","count":1,"areas":["b","a"]}]}]}"""u8.ToArray();
    }

    private static string Digest(byte number) => Blake3.Hash([number]).ToString();
}
