using JadaStore.Store;
using Tomlyn;
using Tomlyn.Parsing;

namespace JadaStore.Cli.Repositories;

/// <summary>What a <c>jstore.toml</c> says.</summary>
/// <param name="Folder">The folder that it lies in; what it names is relative to it.</param>
/// <param name="Repository">Where the repository is; null when it does not say.</param>
internal sealed record ConfigFile(string Folder, string? Repository)
{
    /// <summary>Its file name.</summary>
    public const string Name = "jstore.toml";

    /// <summary>The nearest one, from the folder upwards; null when there is none.</summary>
    /// <exception cref="StoreException">It is not TOML, or says something of the wrong kind.</exception>
    public static ConfigFile? FindUpwards(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            string file = Path.Combine(at, Name);
            if (File.Exists(file))
            {
                return Read(file, at);
            }
        }

        return null;
    }

    private static ConfigFile Read(string file, string folder)
    {
        try
        {
            return new ConfigFile(folder, TopLevelText(File.ReadAllText(file), "repository"));
        }
        catch (TomlException e)
        {
            throw new StoreException(StoreFault.Refused, $"{file} is not valid TOML: {e.Message}", "", e);
        }
    }

    /// <summary>Reads events, not objects: mapping onto objects needs reflection.</summary>
    private static string? TopLevelText(string toml, string member)
    {
        string? text = null;
        var parser = TomlParser.Create(toml);
        string? name = null;
        while (parser.MoveNext())
        {
            switch (parser.Current.Kind)
            {
                case TomlParseEventKind.PropertyName:
                    name = parser.Depth == 1 ? parser.GetPropertyName() : null;
                    break;
                case TomlParseEventKind.String when name == member:
                    text = parser.GetString();
                    break;
            }
        }

        return text;
    }
}
