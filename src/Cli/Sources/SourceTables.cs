using JadaStore.Cli.Repositories;

namespace JadaStore.Cli.Sources;

/// <summary>Reads the <c>[[source]]</c> tables of a <c>jstore.toml</c>.</summary>
internal static class SourceTables
{
    /// <summary>All that can be meant; what cannot is noted as a problem of its table.</summary>
    public static IReadOnlyList<SourceTable> Read(IReadOnlyList<ConfigFileTable> tables)
    {
        var sources = new List<SourceTable>();
        foreach (ConfigFileTable table in tables)
        {
            if (Read(table) is not { } source)
            {
                continue;
            }

            if (sources.Exists(other => other.Name == source.Name))
            {
                table.Problem(table.Line, $"two sources are called {source.Name}; give one another `name`");
            }

            sources.Add(source);
        }

        return sources;
    }

    private static SourceTable? Read(ConfigFileTable table)
    {
        int line = table.Line;
        string? type = table.Word("type", "local", "s3");
        if (type is null)
        {
            table.Problem(line, "a [[source]] needs a `type`: \"local\" or \"s3\"");
            return null;
        }

        SourceTable? source = type == "local" ? Local(table) : S3(table);
        table.RefuseTheRest($"a source of type \"{type}\"");
        return source;
    }

    private static LocalSourceTable? Local(ConfigFileTable table)
    {
        string? name = Name(table);
        string? path = table.Text("path");
        IReadOnlyList<string> exclude = table.Texts("exclude") ?? [];
        if (path is null)
        {
            table.Problem(table.Line, "a source of type \"local\" needs a `path`");
            return null;
        }

        return new LocalSourceTable(name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), path, exclude);
    }

    private static S3SourceTable S3(ConfigFileTable table)
    {
        string? name = Name(table);
        IReadOnlyList<string> buckets = table.Texts("buckets") ?? ["*"];
        return new S3SourceTable(name ?? (buckets is [var only] && !BucketGlob.IsGlob(only) ? only : "s3"))
        {
            Buckets = buckets,
            ExcludeBuckets = table.Texts("exclude-buckets") ?? [],
            Prefix = table.Text("prefix") ?? "",
            Exclude = table.Texts("exclude") ?? [],
            AllVersions = table.Word("versions", "current", "all") == "all",
            Config = table.Flag("config") ?? true,
            Profile = table.Text("profile"),
            Region = table.Text("region"),
            EndpointUrl = table.Text("endpoint-url"),
            PathStyle = table.Flag("path-style"),
        };
    }

    private static string? Name(ConfigFileTable table)
    {
        string? name = table.Text("name");
        if (name is "." or ".." || name?.AsSpan().IndexOfAny('/', '\0') >= 0)
        {
            table.Problem(table.Line, $"`name` may not be \"{name}\": it may not be `.` or `..`, nor hold `/`");
        }

        return name;
    }
}
