using System.Text;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Sealing;

public sealed class SnapshotJsonTests
{
    private static readonly string Hex = new('a', 64);

    /// <summary>Every id in every repository is the hash of such bytes.</summary>
    private static readonly string Pinned =
        $$"""
        {"version":1,"nonce":"00112233445566778899aabbccddeeff","name":"v1.0","time":"2026-11-05T06:07:08.9Z",
        "duration_ms":1234,"parent":"{{Hex}}","message":"first","tags":["a","b"],"host":"h","program":"jstore 0.1.0",
        "sources":[{"root":"local/tools","tree":"{{Hex}}","entries":3,"bytes":9007199254740993,"complete":false,"error_count":1,
        "errors":[{"path":"x/y","message":"gone"}],"excluded":["*.tmp"]},
        {"root":"s3/empty","tree":null,"entries":0,"bytes":0,"complete":true,"error_count":0,"errors":[],"excluded":[]}],
        "added_bytes":5,"stored_bytes":6}
        """.ReplaceLineEndings("");

    private const string Least = """{"version":1,"nonce":"00112233445566778899aabbccddeeff","name":"v1.0","time":"2026-11-05T06:07:08Z"}""";

    [Fact]
    public void Writes_and_reads_the_bytes_that_are_pinned()
    {
        Assert.Equal(Pinned, Encoding.UTF8.GetString(SnapshotJson.Encode(Full())));

        SnapshotRecord record = SnapshotJson.Decode(Encoding.UTF8.GetBytes(Pinned));
        Assert.Equal((Damage.Time, TimeSpan.Zero), (record.Time, record.Time.Offset));
        Assert.Equal(9007199254740993, record.Sources[0].Bytes);
        Assert.Equal(new SourceError("x/y", "gone"), record.Sources[0].Errors[0]);
        Assert.Equal(Pinned, Encoding.UTF8.GetString(SnapshotJson.Encode(record)));
    }

    [Fact]
    public void What_is_missing_is_empty_and_never_null()
    {
        SnapshotRecord record = SnapshotJson.Decode(Encoding.UTF8.GetBytes(Least));
        Assert.Equal(("", "", "", null), (record.Message, record.Host, record.Program, record.Parent));
        Assert.Empty(record.Tags);
        Assert.Empty(record.Sources);

        record = SnapshotJson.Decode(
            Encoding.UTF8.GetBytes(Least.Replace("}", ",\"sources\":[{\"root\":\"a\"}]}", StringComparison.Ordinal)));
        SnapshotSource source = Assert.Single(record.Sources);
        Assert.Empty(source.Errors);
        Assert.Empty(source.Excluded);
        Assert.False(source.Complete);
    }

    [Fact]
    public void What_chose_a_part_and_where_it_lies_come_back()
    {
        SnapshotSource source = Full().Sources[0] with
        {
            Coverage = [new CoverageLine("boards", CoverageState.Unsupported, 0, "no", "waf/boards")],
            Parts = [new SourcePart("script a", ["x", ".versions/x"]), new SourcePart("all", [])],
        };

        byte[] json = SnapshotJson.Encode(Full() with { Sources = [source] });

        Assert.Contains(
            """
            "parts":[{"by":"script a","folders":["x",".versions/x"]},{"by":"all","folders":[]}],"coverage":[{"state":"unsupported","count":0,"areas":["boards"],"reason":"no","folder":"waf/boards"}]
            """,
            Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        SnapshotSource back = SnapshotJson.Decode(json).Sources[0];
        Assert.Equal(source.Coverage, back.Coverage);
        Assert.Equal(
            ["script a: x .versions/x", "all: "],
            back.Parts!.Select(part => $"{part.By}: {string.Join(' ', part.Folders)}"));
    }

    [Theory]
    [InlineData("Grüße 世界 🔑 <&'\"\\\u0000\u2028")]
    [InlineData("")]
    public void Any_text_comes_back(string text)
    {
        SnapshotRecord record = SnapshotJson.Decode(SnapshotJson.Encode(Full() with { Message = text, Tags = [text] }));

        Assert.Equal((text, text), (record.Message, record.Tags[0]));
    }

    /// <summary>A file's name may hold such halves, and its error must not stop the snapshot.</summary>
    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement_character() =>
        Assert.Equal("a\ufffd", SnapshotJson.Decode(SnapshotJson.Encode(Full() with { Message = "a\ud800" })).Message);

    [Fact]
    public void Members_that_are_not_known_are_passed_over() =>
        Assert.Equal("v1.0", SnapshotJson.Decode(Encoding.UTF8.GetBytes(Least.Replace("{", "{\"later\":{\"a\":[1]},", StringComparison.Ordinal))).Name);

    [Fact]
    public void Alarms_come_back_and_one_of_a_later_version_does_not_make_a_record_unreadable()
    {
        SnapshotAlarm[] alarms = [new("a", AlarmKind.Lost, 3, 9, Hex), new("b", AlarmKind.Changed, 4, 4, Hex)];
        byte[] json = SnapshotJson.Encode(Full() with { Alarms = alarms });
        string text = Encoding.UTF8.GetString(json);

        Assert.EndsWith(
            $$""","alarms":[{"root":"a","kind":"lost","count":3,"of":9,"parent":"{{Hex}}"},{"root":"b","kind":"changed","count":4,"of":4,"parent":"{{Hex}}"}]}""",
            text, StringComparison.Ordinal);
        Assert.Equal(alarms, SnapshotJson.Decode(json).Alarms);
        string later = text.Replace("\"lost\"", "\"scrambled\"", StringComparison.Ordinal);
        Assert.Equal(AlarmKind.Other, SnapshotJson.Decode(Encoding.UTF8.GetBytes(later)).Alarms[0].Kind);
        Assert.Empty(SnapshotJson.Decode(Encoding.UTF8.GetBytes(Least)).Alarms);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"root\":\"\",\"kind\":\"lost\",\"count\":1,\"of\":1,\"parent\":\"HEX\"}")]
    [InlineData("{\"root\":null,\"kind\":\"lost\",\"count\":1,\"of\":1,\"parent\":\"HEX\"}")]
    [InlineData("{\"root\":\"a\",\"kind\":1,\"count\":1,\"of\":1,\"parent\":\"HEX\"}")]
    [InlineData("{\"root\":\"a\",\"kind\":\"lost\",\"count\":-1,\"of\":1,\"parent\":\"HEX\"}")]
    [InlineData("{\"root\":\"a\",\"kind\":\"lost\",\"count\":1,\"of\":-1,\"parent\":\"HEX\"}")]
    [InlineData("{\"root\":\"a\",\"kind\":\"lost\",\"count\":1,\"of\":1,\"parent\":\"HE\"}")]
    public void An_alarm_that_is_none_is_damage(string alarm) => Damage.IsFound(() => SnapshotJson.Decode(Encoding.UTF8.GetBytes(
        Least.Replace(
            "}", $",\"alarms\":[{alarm.Replace("HEX", Hex, StringComparison.Ordinal)}]}}", StringComparison.Ordinal))));

    [Theory]
    [InlineData("\"version\":1,", "")]
    [InlineData("\"version\":1", "\"version\":0")]
    [InlineData("\"nonce\":\"00112233445566778899aabbccddeeff\",", "")]
    [InlineData("\"nonce\":\"00", "\"nonce\":\"")]
    [InlineData("\"name\":\"v1.0\",", "")]
    [InlineData("\"name\":\"v1.0\"", "\"name\":\"\"")]
    [InlineData("\"name\":\"v1.0\"", "\"name\":null")]
    [InlineData("\"name\":\"v1.0\"", "\"name\":\"\\ud800\"")]
    [InlineData("\"name\":\"v1.0\"", "\"name\":\"a\",\"name\":\"b\"")]
    [InlineData("\"time\":\"2026-11-05T06:07:08.9Z\",", "")]
    [InlineData("2026-11-05T06:07:08.9Z", "2026-11-05T06:07:08.9")]
    [InlineData("2026-11-05T06:07:08.9Z", "yesterday")]
    [InlineData("\"tags\":[\"a\",\"b\"]", "\"tags\":null")]
    [InlineData("\"tags\":[\"a\",\"b\"]", "\"tags\":[null]")]
    [InlineData("\"tags\":[\"a\",\"b\"]", "\"tags\":{}")]
    [InlineData("\"message\":\"first\"", "\"message\":null")]
    [InlineData("\"parent\":\"aa", "\"parent\":\"zz")]
    [InlineData("\"parent\":\"aa", "\"parent\":\"")]
    [InlineData("\"tree\":\"aa", "\"tree\":\"")]
    [InlineData("\"root\":\"local/tools\",", "")]
    [InlineData("\"root\":\"local/tools\"", "\"root\":\"\"")]
    [InlineData("\"entries\":3", "\"entries\":-3")]
    [InlineData("\"entries\":3", "\"entries\":3.5")]
    [InlineData("\"bytes\":9007199254740993", "\"bytes\":9223372036854775808")]
    [InlineData("\"duration_ms\":1234", "\"duration_ms\":-1")]
    [InlineData("\"errors\":[]", "\"errors\":null")]
    [InlineData("\"errors\":[]", "\"errors\":[null]")]
    [InlineData("\"path\":\"x/y\",", "")]
    [InlineData("\"message\":\"gone\"", "\"message\":null")]
    [InlineData("\"excluded\":[]", "\"excluded\":[null]")]
    [InlineData("\"excluded\":[]", "\"excluded\":[],\"parts\":[null]")]
    [InlineData("\"excluded\":[]", "\"excluded\":[],\"parts\":[{\"by\":null,\"folders\":[]}]")]
    [InlineData("\"excluded\":[]", "\"excluded\":[],\"parts\":[{\"by\":\"a\"}]")]
    [InlineData("\"excluded\":[]", "\"excluded\":[],\"parts\":[{\"by\":\"a\",\"folders\":[null]}]")]
    [InlineData("\"sources\":[", "\"sources\":[null,")]
    [InlineData("\"stored_bytes\":6}", "\"stored_bytes\":6}{}")]
    [InlineData("\"stored_bytes\":6}", "\"stored_bytes\":6,}")]
    public void A_record_that_says_what_may_not_be_is_refused(string what, string instead)
    {
        string text = Pinned.Replace(what, instead, StringComparison.Ordinal);

        Assert.NotEqual(Pinned, text);
        Damage.IsFound(() => SnapshotJson.Decode(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Pinned);
        bytes[bytes.AsSpan().IndexOf("first"u8)] = 0xC3;

        Damage.IsFound(() => SnapshotJson.Decode(bytes));
    }

    [Fact]
    public void A_later_version_is_called_newer()
    {
        var thrown = Assert.Throws<StoreException>(() => SnapshotJson.Decode("""{"version":2}"""u8));

        Assert.Equal(StoreFault.NewerFormat, thrown.Fault);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_does_not_exhaust_the_stack() =>
        Damage.IsFound(() => SnapshotJson.Decode(Encoding.UTF8.GetBytes(new string('[', 1_000_000))));

    /// <summary>What is damaged may still be a record, but never one whose parts a caller could stumble over.</summary>
    [Fact]
    public void Whatever_is_read_is_refused_or_whole()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Pinned);
        foreach (byte[] damaged in Damage.Of(bytes).Concat(Damage.Random(bytes, seed: 5, count: 2_000)))
        {
            if (Damage.Try(() => SnapshotJson.Decode(damaged)) is { } record)
            {
                Assert.Equal(
                    SnapshotJson.Encode(record), SnapshotJson.Encode(SnapshotJson.Decode(SnapshotJson.Encode(record))));
            }
        }
    }

    /// <summary>The ledger of an account: what is the same in many regions is told once.</summary>
    [Fact]
    public void A_ledger_is_written_in_groups_and_read_line_by_line()
    {
        string coverage =
            """
            "coverage":[
            {"state":"captured","count":0,"areas":["eu-west-1/functions","us-west-2/functions"]},
            {"state":"denied","count":0,"areas":["eu-west-1/layers"],"reason":"no"},
            {"state":"not_exported","count":0,"areas":["secrets"],"reason":"never"},
            {"state":"captured","count":21,"areas":["us-east-1/functions"]}]
            """.ReplaceLineEndings("");
        CoverageLine[] lines =
        [
            new("eu-west-1/functions", CoverageState.Captured, 0),
            new("eu-west-1/layers", CoverageState.Denied, 0, "no"),
            new("secrets", CoverageState.NotExported, 0, "never"),
            new("us-east-1/functions", CoverageState.Captured, 21),
            new("us-west-2/functions", CoverageState.Captured, 0),
        ];
        SnapshotRecord full = Full();
        SnapshotRecord record = full with
        {
            Sources =
            [
                full.Sources[0] with { Account = "123456789012", Coverage = [.. lines.Reverse()] }, full.Sources[1],
            ],
        };

        string text = Encoding.UTF8.GetString(SnapshotJson.Encode(record));
        SnapshotRecord back = SnapshotJson.Decode(Encoding.UTF8.GetBytes(text));

        Assert.Contains(
            $"\"excluded\":[\"*.tmp\"],\"account\":\"123456789012\",{coverage}}}", text, StringComparison.Ordinal);
        Assert.Equal("123456789012", back.Sources[0].Account);
        Assert.Equal(lines, back.Sources[0].Coverage);
        Assert.Empty(back.Sources[1].Coverage);
        Assert.Equal(text, Encoding.UTF8.GetString(SnapshotJson.Encode(back)));
    }

    [Theory]
    [InlineData("""[{"state":"captured","count":-1,"areas":["a"]}]""")]
    [InlineData("""[{"state":7,"count":1,"areas":["a"]}]""")]
    [InlineData("""[{"state":"captured","count":1}]""")]
    [InlineData("""[{"state":"captured","count":1,"areas":null}]""")]
    [InlineData("""[{"count":1,"areas":["a"]}]""")]
    [InlineData("""[["captured",1]]""")]
    [InlineData("""{"captured":1}""")]
    public void A_ledger_that_says_what_may_not_be_is_refused(string ledger) =>
        Damage.IsFound(() => SnapshotJson.Decode(Encoding.UTF8.GetBytes(
            WithLedger(ledger))));

    [Theory]
    [InlineData("null", 0)]
    [InlineData("[]", 0)]
    [InlineData("""[null,{"state":"captured","count":1,"areas":[null,"a"]}]""", 1)]
    [InlineData("""[{"state":"postponed","count":1,"areas":["a","b"],"later":[1]}]""", 2)]
    public void A_ledger_of_a_later_version_does_not_hide_the_snapshot(string ledger, int lines) =>
        Assert.Equal(lines, SnapshotJson.Decode(Encoding.UTF8.GetBytes(
            WithLedger(ledger)))
            .Sources[1].Coverage.Count);

    private static string WithLedger(string ledger) =>
        Pinned.Replace("\"excluded\":[]", $"\"excluded\":[],\"coverage\":{ledger}", StringComparison.Ordinal);

    private static SnapshotRecord Full() => new()
    {
        Nonce = "00112233445566778899aabbccddeeff",
        Name = "v1.0",
        Time = Damage.Time.ToOffset(TimeSpan.FromHours(2)),
        DurationMs = 1234,
        Parent = Hex,
        Message = "first",
        Tags = ["a", "b"],
        Host = "h",
        Program = "jstore 0.1.0",
        Sources =
        [
            new SnapshotSource
            {
                Root =
                    "local/tools", Tree = Hex, Entries = 3, Bytes = 9007199254740993, Complete = false, ErrorCount = 1,
                Errors = [new SourceError("x/y", "gone")], Excluded = ["*.tmp"],
            },
            new SnapshotSource { Root = "s3/empty" },
        ],
        AddedBytes = 5,
        StoredBytes = 6,
    };
}
