using System.Globalization;
using System.Text;
using System.Text.Unicode;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Patches;

/// <summary>Paths as git writes them in patches.</summary>
internal static class PatchPath
{
    /// <summary>The side that is not there.</summary>
    public const string Nothing = "/dev/null";

    /// <summary>As it is, or in quotes where a byte would mislead a reader: then such bytes are octal.</summary>
    public static string Quote(string prefix, EntryPath path)
    {
        if (Utf8.IsValid(path.Span) && path.Span.IndexOfAny((byte)'"', (byte)'\\') < 0
            && Encoding.UTF8.GetString(path.Span) is var text && !text.Any(char.IsControl))
        {
            return prefix + text;
        }

        var quoted = new StringBuilder("\"" + prefix);
        foreach (byte value in path.Span)
        {
            quoted.Append(value switch
            {
                (byte)'"' => "\\\"",
                (byte)'\\' => "\\\\",
                (byte)'\n' => "\\n",
                (byte)'\t' => "\\t",
                < 0x20 or >= 0x7F =>
                    string.Create(CultureInfo.InvariantCulture, $"\\{Convert.ToString(value, 8).PadLeft(3, '0')}"),
                _ => ((char)value).ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>With a tab behind it where it holds a space, so that readers see where it ends.</summary>
    public static string WithTab(string path) => path.Contains(' ') && !path.StartsWith('"') ? path + "\t" : path;
}
