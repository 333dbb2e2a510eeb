using JadaStore.Cli.Sources;
using JadaStore.Store;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;
using Tomlyn;

namespace JadaStore.Cli.Repositories;

/// <summary>What a <c>jstore.toml</c> says.</summary>
/// <param name="Folder">The folder that it lies in; what it names is relative to it.</param>
/// <param name="Repository">Where the repository is; null when it does not say.</param>
/// <param name="Sources">What <c>jstore snapshot</c> takes, in order; each has a name of its own.</param>
internal sealed record ConfigFile(string Folder, string? Repository, IReadOnlyList<SourceTable> Sources)
{
    /// <summary>Which snapshots <c>jstore forget</c> keeps; null when it does not say.</summary>
    public KeepRules? Retention { get; init; }

    /// <summary>From when on a snapshot raises an alarm; null: never.</summary>
    public AlarmLimits? Alarm { get; init; } = new();

    /// <summary>Its file name.</summary>
    public const string Name = "jstore.toml";

    /// <summary>Whether what it says of snapshots is for that repository: it names that one, be it by another way
    /// through symbolic links, or none.</summary>
    /// <param name="location">The repository's full path.</param>
    public bool IsFor(string location) => Repository is not { } own
        || RealPath.Of(Path.GetFullPath(own, Folder)) == RealPath.Of(location);

    /// <summary>The nearest one, from the folder upwards; null when there is none.</summary>
    /// <exception cref="StoreException">It is not TOML, or says something that cannot be meant: all such places are
    /// named, with their lines.</exception>
    public static ConfigFile? FindUpwards(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            string file = Path.Combine(at, Name);
            if (File.Exists(file))
            {
                return Parse(Read(file), file);
            }
        }

        return null;
    }

    /// <summary>What a file says.</summary>
    /// <param name="toml">Its text.</param>
    /// <param name="file">Its full path.</param>
    /// <exception cref="StoreException">As <see cref="FindUpwards"/>.</exception>
    public static ConfigFile Parse(string toml, string file)
    {
        ConfigFileNode root;
        try
        {
            root = ConfigFileReader.Read(toml);
        }
        catch (TomlException e)
        {
            throw new StoreException(StoreFault.Refused, $"{file} is not valid TOML: {e.Message}", "", e);
        }

        var problems = new List<(int Line, string Problem)>();
        var table = new ConfigFileTable(root, problems);
        string? repository = table.Text("repository");
        IReadOnlyList<SourceTable> sources = SourceTables.Read(table.Tables("source"));
        KeepRules? retention = ConfiguredRules.Retention(table.Table("retention"));
        AlarmLimits? alarm = ConfiguredRules.Alarm(table.Table("alarm"));
        table.RefuseTheRest(Name);
        return problems.Count == 0
            ? new ConfigFile(Path.GetDirectoryName(file)!, repository, sources) { Retention = retention, Alarm = alarm }
            : throw new StoreException(StoreFault.Refused, string.Join('\n', problems
                .OrderBy(one => one.Line).Select(one => $"{file}, line {one.Line}: {one.Problem}.")));
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.Io, $"{file} cannot be read: {e.Message}", "", e);
        }
    }
}
