using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.S3;
using JadaStore.Collectors.Tests.Servers;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.S3;

/// <summary>Buckets that other programs filled, on real servers: every key, byte, header and tag, by AWS's own
/// library.</summary>
public sealed class S3CaptureTests
{
    private static readonly string[] Heads =
        ["ContentType", "CacheControl", "ContentEncoding", "ContentDisposition", "ContentLanguage", "ETag"];

    private static readonly string[] Headers =
        ["content-type", "cache-control", "content-encoding", "content-disposition", "content-language", "etag"];

    public static TheoryData<string> Servers() => S3Servers.All();

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task What_another_program_sees_is_what_is_captured(string server)
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(server);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync();
        await calls.CallAllAsync([.. HardKeys.All.Select((key, i) => ("PutObject", Rich(bucket, key, i)))]);
        await using FaultProxy proxy = FaultProxy.Before(endpoint, FaultPlan.None);
        await using TempRepository temp = await TempRepository.MakeAsync();

        Snapshot snapshot = await temp.SnapshotAsync(Source(endpoint.Through(proxy), bucket));
        string first = Asked(proxy);
        proxy.ResetCounts();
        Snapshot again = await temp.SnapshotAsync(Source(endpoint.Through(proxy), bucket));
        BucketState state = await calls.StateAsync(bucket);

        int tagged = HardKeys.All.Where((_, i) => i % 2 == 1).Count();
        // One more where an object without tags comes first: it may only seem to have none.
        Assert.Matches(
            $"^GetObject {HardKeys.All.Count}, GetObjectTagging ({tagged}|{tagged + 1}), ListObjectsV2 1$", first);
        Assert.Equal("ListObjectsV2 1", Asked(proxy));
        Assert.Equal(snapshot.Record.Sources[0].Tree, again.Record.Sources[0].Tree);
        Assert.Equal(Seen(state), await CapturedAsync(temp, again));
    }

    /// <summary>Cut, short, garbled and refused answers, one in ten, on each of them another time.</summary>
    [ServerTheory, MemberData(nameof(Servers))]
    public async Task A_snapshot_under_ten_percent_faults_is_whole(string server)
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(server);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync();
        await calls.CallAllAsync(
        [
            .. Enumerable.Range(0, 200).Select(i => ("PutObject", Rich(bucket, $"k{i:D3}", i))),
            ("PutObject", new JsonObject
            {
                ["Bucket"] = bucket, ["Key"] = "large", ["Body"] = S3Calls.Bytes(7, 30_000_000),
            }),
        ]);
        await using FaultProxy proxy = FaultProxy.Before(endpoint, FaultPlan.Share(seed: 5, share: 0.1));
        await using TempRepository temp = await TempRepository.MakeAsync();

        Snapshot snapshot = await temp.SnapshotAsync(Source(endpoint.Through(proxy), bucket));

        Assert.Empty(snapshot.Record.Sources[0].Errors);
        Assert.True(proxy.Faults > 20, $"only {proxy.Faults} faults");
        Assert.Equal(Seen(await calls.StateAsync(bucket)), await CapturedAsync(temp, snapshot));
    }

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task Earlier_versions_and_delete_markers_are_captured_beside_the_objects(string server)
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(server);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync();
        await calls.PutAsync(bucket, "a", "before versions");
        await calls.CallAsync("PutBucketVersioning", new JsonObject
        {
            ["Bucket"] = bucket, ["VersioningConfiguration"] = new JsonObject { ["Status"] = "Enabled" },
        });
        await calls.PutAsync(bucket, "a", "second");
        await calls.PutAsync(bucket, "a", "third");
        await calls.PutAsync(bucket, "a/b", "lives");
        await calls.PutAsync(bucket, "gone", "was here");
        await calls.CallAsync("DeleteObject", new JsonObject { ["Bucket"] = bucket, ["Key"] = "gone" });
        await using TempRepository temp = await TempRepository.MakeAsync();
        using AwsAccess access = Access(endpoint);

        Snapshot snapshot = await temp.SnapshotAsync(
            new S3Bucket(access, new S3BucketOptions { Bucket = bucket }),
            new S3Versions(access, new S3BucketOptions { Bucket = bucket }));

        Dictionary<string, Entry> entries = await temp.EntriesAsync(snapshot);
        var contents = new List<string>();
        foreach (Entry entry in entries.Values)
        {
            string key = entry.Path.ToString().Split(@"\x00")[0];
            bool marker = entry.Attributes.Any(one => one.Name == "header.x-amz-delete-marker");
            contents.Add($"{key}: {(marker ? "DELETED" : Encoding.UTF8.GetString(await ContentAsync(temp, entry)))}");
        }

        Assert.All(snapshot.Record.Sources, source => Assert.Empty(source.Errors));
        Assert.Contains(entries.Keys, path => path.EndsWith(@"/a\x00null", StringComparison.Ordinal));
        Assert.Equal(
            ["a/b: lives", "a: before versions", "a: second", "a: third", "gone: DELETED", "gone: was here"],
            contents.Order(StringComparer.Ordinal));
    }

    private static S3Bucket Source(S3Endpoint endpoint, string bucket) =>
        new(Access(endpoint), new S3BucketOptions { Bucket = bucket });

    private static AwsAccess Access(S3Endpoint endpoint) => new(
        new AwsOptions { EndpointUrl = endpoint.UrlText, Region = endpoint.Region }, TimeProvider.System,
        new ImmutableCredentials(endpoint.AccessKey, endpoint.SecretKey, null));

    private static string Asked(FaultProxy proxy) =>
        string.Join(", ", proxy.Counts.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));

    private static JsonObject Rich(string bucket, string key, int i) => new()
    {
        ["Bucket"] = bucket,
        ["Key"] = key,
        ["Body"] = S3Calls.Bytes(i, key.EndsWith('/') ? 0 : 37 * i),
        ["ContentType"] = $"text/x; n={i}",
        ["CacheControl"] = "max-age=60, public",
        ["ContentEncoding"] = "gzip",
        ["ContentDisposition"] = "attachment; filename=\"a b.txt\"",
        ["ContentLanguage"] = "de-CH",
        ["Metadata"] = new JsonObject { ["color"] = "dark  blue", ["n"] = i.ToString(CultureInfo.InvariantCulture) },
        ["Tagging"] = i % 2 == 1 ? "stage=test&note=a%20b%2Bc" : "",
    };

    private static SortedDictionary<string, string> Seen(BucketState state)
    {
        var seen = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in state.Keys)
        {
            JsonObject head = state[key]["head"]!.AsObject();
            string Text(string name) => head[name]?.ToString() ?? "";
            JsonObject metadata = head["Metadata"]?.AsObject() ?? [];
            string[] values =
            [
                .. Heads.Select(Text), .. metadata.Select(one =>
                    $"{one.Key}={one.Value}").Order(StringComparer.Ordinal),
            ];
            seen[new EntryPath(key).ToString()] =
                $"{string.Join('|', values)}|{Tags(state[key]["tags"]!)}|{state[key]["sha256"]}";
        }

        return seen;
    }

    private static string Tags(JsonNode tags) => string.Join(';', (tags is JsonObject map
        ? map.Select(one => $"{one.Key}={one.Value}")
        : tags.AsArray().Select(one => $"{one!["Key"]}={one["Value"]}")).Order(StringComparer.Ordinal));

    private static async Task<SortedDictionary<string, string>> CapturedAsync(TempRepository temp, Snapshot snapshot)
    {
        var captured = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (Found found in temp.Store.EntriesAsync(snapshot, "", default))
        {
            Entry entry = found.Entry!;
            IEnumerable<string> Family(string family) => entry.Attributes
                .Where(one => one.Name.StartsWith(family, StringComparison.Ordinal))
                .Select(one => $"{one.Name[family.Length..]}={Encoding.UTF8.GetString(one.Value)}");
            string Header(string name) => Family("header." + name).SingleOrDefault("=")[1..];
            string[] values =
            [
                .. Headers.Select(Header), .. Family("header.x-amz-meta-"),
                string.Join(';', Family("tag.").Order(StringComparer.Ordinal)),
            ];
            captured[entry.Path.ToString()] =
                $"{string.Join('|', values)}|"
                + Convert.ToHexStringLower(SHA256.HashData(await ContentAsync(temp, entry)));
        }

        return captured;
    }

    private static async Task<byte[]> ContentAsync(TempRepository temp, Entry entry)
    {
        using var content = new MemoryStream();
        await temp.Store.CopyContentAsync(entry, content, default);
        return content.ToArray();
    }
}
