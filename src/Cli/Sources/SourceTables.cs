using JadaStore.Cli.Repositories;
using JadaStore.Collectors.AppsScript;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Services;

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
        string? type = table.Word("type", "local", "s3", "aws", "apps-script");
        if (type is null)
        {
            table.Problem(line, "a [[source]] needs a `type`: \"local\", \"s3\", \"aws\" or \"apps-script\"");
            return null;
        }

        SourceTable? source = type switch
        {
            "local" => Local(table),
            "s3" => S3(table),
            "aws" => Aws(table),
            _ => AppsScript(table),
        };
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
        return new S3SourceTable(name ?? (buckets is [var only] && !NameGlob.IsGlob(only) ? only : "s3"))
        {
            Buckets = buckets,
            ExcludeBuckets = table.Texts("exclude-buckets") ?? [],
            Prefix = table.Text("prefix") ?? "",
            Exclude = table.Texts("exclude") ?? [],
            AllVersions = table.Word("versions", "current", "all") == "all",
            Config = table.Flag("config") ?? true,
            Access = Access(table) with
            {
                PathStyle = table.Flag("path-style"),
                NoSignRequest = table.Flag("no-sign-request") ?? false,
            },
        };
    }

    private static AwsSourceTable Aws(ConfigFileTable table)
    {
        string? name = Name(table);
        IReadOnlyList<string> services = table.Texts("services") ?? ["*"];
        foreach (string unknown in services.Where(one => !NameGlob.IsGlob(one) && !AwsServices.Names.Contains(one)))
        {
            table.Problem(
                table.LineOf("services"),
                $"`services` names {unknown}, which is none of {string.Join(", ", AwsServices.Names)}");
        }

        IReadOnlyList<string> regions = table.Texts("regions") ?? ["*"];
        foreach (string odd in regions.Where(one => !IsRegion(one)))
        {
            table.Problem(
                table.LineOf("regions"),
                $"`regions` holds \"{odd}\", which is no region; it can be \"eu-west-1\", \"eu-*\" or \"all\"");
        }

        return new AwsSourceTable(name ?? "aws")
        {
            Services = services,
            ExcludeServices = table.Texts("exclude-services") ?? [],
            Regions = [.. regions.Select(one => one == "all" ? "*" : one)],
            Exclude = table.Texts("exclude") ?? [],
            Prefix = Prefix(table),
            Access = Access(table),
        };
    }

    private static AwsOptions Access(ConfigFileTable table) => new()
    {
        Profile = table.Text("profile"), Region = table.Text("region"), EndpointUrl = table.Text("endpoint-url"),
    };

    private static AppsScriptSourceTable AppsScript(ConfigFileTable table)
    {
        string? name = Name(table);
        IReadOnlyList<string>? scripts = table.Texts("scripts");
        IReadOnlyList<string>? folders = table.Texts("folders");
        string[] named = [.. (scripts ?? []).Where(one => one is not ("all" or "*"))];
        foreach (string odd in named.Where(one => ScriptChoice.Parse(one) is null))
        {
            table.Problem(
                table.LineOf("scripts"),
                $"`scripts` holds \"{odd}\", which is no script id; it can be \"ID\", \"ID=NAME\" or \"all\"");
        }

        return new AppsScriptSourceTable(name ?? "apps-script")
        {
            Scripts = [.. named.Select(ScriptChoice.Parse).OfType<ScriptChoice>()],
            All = scripts is null ? folders is null : scripts.Count > named.Length,
            Folders = folders ?? [],
            AllVersions = table.Word("versions", "current", "all") != "current",
            Prefix = Prefix(table),
            Credentials = table.Text("credentials"),
            User = table.Text("user"),
        };
    }

    private static bool IsRegion(string text) =>
        text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '*' or '?');

    private static string Prefix(ConfigFileTable table)
    {
        string prefix = table.Text("prefix") ?? "";
        bool good = prefix.Length == 0 || (!prefix.Contains('\0', StringComparison.Ordinal)
            && Array.TrueForAll(prefix.Split('/'), segment => segment is not ("" or "." or "..")));
        if (!good)
        {
            table.Problem(
                table.LineOf("prefix"),
                $"`prefix` may not be \"{prefix}\": it is a path without `.`, `..` and a `/` at an end");
        }

        return prefix;
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
