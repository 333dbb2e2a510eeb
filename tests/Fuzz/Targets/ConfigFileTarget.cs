using System.Text;
using JadaStore.Cli.Repositories;
using JadaStore.Store;

namespace JadaStore.Fuzz.Targets;

/// <summary>A <c>jstore.toml</c>, which may come with a folder that somebody else made.</summary>
internal static class ConfigFileTarget
{
    private const string File = "/w/jstore.toml";

    /// <summary>The target.</summary>
    public static FuzzTarget Toml { get; } = new("toml", Seeds, Run) { Memory = 16 << 20, MemoryPerByte = 4000 };

    private static void Run(byte[] bytes)
    {
        try
        {
            ConfigFile file = ConfigFile.Parse(Encoding.UTF8.GetString(bytes), File);
            Promise.Holds(
                file.Sources.Select(source => source.Name).Distinct().Count() == file.Sources.Count,
                "each source has a name of its own");
        }
        catch (StoreException e) when (e.Fault is StoreFault.Refused)
        {
            Promise.Holds(e.Message.StartsWith(File, StringComparison.Ordinal), "a refusal names the file");
        }
    }

    private static IEnumerable<byte[]> Seeds() => new[]
    {
        """
        repository = "../r"
        [[source]]
        type = "local"
        path = "site"
        name = "s"
        exclude = ["*.tmp", 'a\b']
        [[source]]
        type = "aws"
        regions = ["eu-west-1"]
        services = ["*"]
        exclude-services = []
        """,
        "[[source]]\ntype = \"s3\"\nbuckets = [\"a\", \"b-*\"]\nversions = \"all\"\nconfig = true\nprefix = \"x\"\n",
        "[[source]]\ntype = \"apps-script\"\nscripts = [\"all\"]\nfolders = [\"x\"]\n",
        "a = { b = [1, 2.5, 1979-05-27T07:32:00Z, \"\\u00e9\", '''x'''] }\n[t.\"u v\"]\nx = 0xFF\n",
    }.Select(Encoding.UTF8.GetBytes);
}
