using System.Text.RegularExpressions;
using JadaStore.Cli.Estate;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests.Estate;

/// <summary>The rows of the services say where resources lie; what a diff takes for one must follow them.</summary>
public sealed partial class ResourceLayoutTests
{
    [Fact]
    public void Every_kind_of_every_service_has_a_line_for_each_of_its_resources()
    {
        string rows = Path.Combine(Tool.Home, "src", "Collectors", "Aws", "Services");
        var wrong = new List<string>();
        foreach (string file in Directory.Exists(rows) ? Directory.GetFiles(rows, "*.toml") : [])
        {
            string service = Path.GetFileNameWithoutExtension(file);
            string text = File.ReadAllText(file);
            string region = text.Contains("scope = \"global\"", StringComparison.Ordinal) ? "" : "us-east-1/";
            foreach ((string folder, string document) in TopKinds(text))
            {
                string path = $"{service}/{region}{Sample(folder)}/{Sample(document)}";
                string expected = $"{service}/{region}{Sample(Named(folder, document))}";
                string? place = ResourcePath.Of(service, new EntryPath(path))?.Place;
                if (place != expected)
                {
                    wrong.Add($"{path} belongs to {expected}, not to {place}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The folder up to the last name in it; where it has none, the document is the resource.</summary>
    private static string Named(string folder, string document)
    {
        int end = folder.LastIndexOf('}');
        return end >= 0 ? folder[..(end + 1)] : $"{folder}/{document[..^".json".Length]}";
    }

    private static string Sample(string template) => Variable().Replace(
        template, match => match.Value.Contains("|path", StringComparison.Ordinal) ? "a/b"
            : match.Value.Contains("|domain", StringComparison.Ordinal) ? "example.org"
            : match.Value.Contains("|suffix", StringComparison.Ordinal) ? "" : "name");

    private static IEnumerable<(string Folder, string Document)> TopKinds(string text)
    {
        foreach (string kind in text.Split("\n[[resources]]\n")[1..])
        {
            string own = kind.Split("\n[[resources.resources]]")[0];
            string folder = Folder().Match(own.Split("\n[[")[0]).Groups[1].Value;
            string document = Document().Match(own).Groups[1].Value;
            if (folder.Length > 0 && document.Length > 0)
            {
                yield return (folder, document);
            }
        }
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Variable();

    [GeneratedRegex("^folder = \"([^\"]*)\"", RegexOptions.Multiline)]
    private static partial Regex Folder();

    [GeneratedRegex("^file = \"([^\"]*\\.json)\"", RegexOptions.Multiline)]
    private static partial Regex Document();
}
