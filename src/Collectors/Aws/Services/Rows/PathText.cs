using System.Globalization;
using System.Text;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>A service's name of something as one name in a path.</summary>
internal static class PathText
{
    /// <summary>
    /// The same text, but <c>/</c>, <c>%</c> and control characters as <c>%XX</c>, and so the dots of <c>.</c> and
    /// <c>..</c>; so different names stay different.
    /// </summary>
    public static string Of(string name)
    {
        if (name is "." or "..")
        {
            return name.Replace(".", "%2E", StringComparison.Ordinal);
        }

        var text = new StringBuilder(name.Length);
        foreach (char letter in name)
        {
            if (letter is '/' or '%' or < ' ' or '\x7f')
            {
                text.Append(CultureInfo.InvariantCulture, $"%{(int)letter:X2}");
            }
            else
            {
                text.Append(letter);
            }
        }

        return text.ToString();
    }

    /// <summary>A path below a folder; either may be empty.</summary>
    public static string Join(string folder, string below) =>
        folder.Length == 0 ? below : below.Length == 0 ? folder : $"{folder}/{below}";
}
