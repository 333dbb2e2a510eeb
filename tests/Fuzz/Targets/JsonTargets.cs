using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Cli.Estate;
using JadaStore.Cli.Patches;
using JadaStore.Collectors.AppsScript;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Collectors.S3.Config;
using JadaStore.Store.Model;

namespace JadaStore.Fuzz.Targets;

/// <summary>JSON of Google, JSON that stands in texts, and JSON that was stored and is compared.</summary>
internal static class JsonTargets
{
    private const string Content =
        """{"files":[{"name":"Code","type":"SERVER_JS","source":"f()"},{"name":"../x","type":"HTML"},{"name":"appsscript","type":"JSON","source":"{}"}]}""";

    /// <summary>One a reader.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("google-answer", () => Texts(Content, """{"error":{"status":"PERMISSION_DENIED","message":"m","details":[{"reason":"r"}]}}""",
            """{"error":"invalid_grant","error_description":"d"}"""), Google),
        new("json-in-text", () => Texts("""{"Version":"2012","Statement":[{"Effect":"Allow"}]}""", "%7B%22a%22%3A1%7D", "[]"), InText)
        { Memory = 16 << 20 },
        new("json-difference", () => Texts("""{"a":1,"b":[1,2]}""" + "\0" + """{"a":2,"b":[1]}""",
            """[{"Name":"x","V":1}]""" + "\0" + """[{"Name":"y","V":1},{"Name":"x","V":2}]"""), Difference)
        { Memory = 32 << 20, MemoryPerByte = 20_000, MaxInput = 1 << 12 },
    ];

    private static void Google(byte[] bytes)
    {
        GoogleError error = GoogleError.Read(400, bytes);
        Promise.Holds(
            !error.Message.Any(char.IsControl) && error.Message.Length <= 601, "Google's words are one short line");
        if (Promise.Unless<JsonObject, JsonException>(() => GoogleJson.Parse(bytes)!) is not { } answer)
        {
            return;
        }

        byte[] stored = CanonicalJson.Write(answer);
        Promise.Same(
            stored, CanonicalJson.Write(JsonNode.Parse(stored)),
            "what is stored is JSON, and is stored the same again");
        var project =
            new ScriptProject("id", answer, answer["versions"] as JsonArray, answer["deployments"] as JsonArray, []);
        _ = (project.Title, project.Changed, project.VersionNumbers.Count(), project.Fingerprint());
        if (Promise.Unless<IReadOnlyList<ScriptFile>, GoogleException>(() => ScriptFiles.Of(answer)) is { } files)
        {
            Promise.Holds(files.Select(file => file.Path).Distinct().Count() == files.Count, "no path comes twice");
            Promise.Holds(files.All(file => file.Path.Split('/').All(name => name is not ("" or "." or "..") && !name.Contains('\0', StringComparison.Ordinal))),
                "no path leads out of the project");
        }
    }

    private static void InText(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        if (JsonText.Parse(text) is { } parsed)
        {
            byte[] stored = CanonicalJson.WriteInOrder(parsed);
            Promise.Same(
                stored, CanonicalJson.WriteInOrder(JsonNode.Parse(stored)), "a policy is stored as it was written");
            _ = CanonicalJson.Write(parsed);
        }

        byte[] policy = BucketDocumentReader.Parse(text) is JsonObject members
            ? CanonicalJson.WriteInOrder(members) : Encoding.UTF8.GetBytes(text);
        Promise.Holds(policy.Length > 0 || text.Length == 0, "a bucket's policy is never lost");
    }

    private static void Difference(byte[] bytes)
    {
        int middle = Math.Max(0, bytes.AsSpan().IndexOf((byte)0));
        byte[] old = bytes[..middle], made = bytes[Math.Min(bytes.Length, middle + 1)..];
        JsonDifference.TryFind(
            Encoding.UTF8.GetString(old), Encoding.UTF8.GetString(made), out IReadOnlyList<string> found);
        Promise.Holds(found.Count <= bytes.Length, "no more differs than there is");
        Task<DocumentDifference?> compare = new Documents((entry, target, _) =>
        {
            target.Write(entry.Path.Span.SequenceEqual("old"u8) ? old : made);
            return Task.CompletedTask;
        }).CompareAsync(
            new Change(new EntryPath("x"), ChangeKind.Modified, Entry("old", old), Entry("new", made)), default);
        if (Promise.Now(new ValueTask<DocumentDifference?>(compare)) is { } difference)
        {
            foreach (MemberChange change in difference.Members)
            {
                Promise.Holds(MemberText.Of(change, change.Path).Length > 0, "each change can be told");
            }

            _ = RecordSet.Parts(difference);
        }
    }

    private static Entry Entry(string name, byte[] content) => new()
    {
        Path = new EntryPath(name), Kind = EntryKind.File, Size = content.Length,
        Digest = Store.Hashing.Blake3.Hash(content),
    };

    private static IEnumerable<byte[]> Texts(params string[] texts) => texts.Select(Encoding.UTF8.GetBytes);
}
