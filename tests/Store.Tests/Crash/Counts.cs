using System.Globalization;

namespace JadaStore.Store.Tests.Crash;

/// <summary>How thorough a run is, and what it counted: from and for a person who runs these tests by hand.</summary>
/// <remarks>docs/reliability.md says how.</remarks>
internal static class Counts
{
    /// <summary>A number from the environment, else the one for every day.</summary>
    public static int Of(string variable, int everyDay) =>
        Environment.GetEnvironmentVariable(variable) is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : everyDay;

    /// <summary>Appends a line to the file that <c>JSTORE_COUNTS</c> names, if it does.</summary>
    public static void Say(string line)
    {
        if (Environment.GetEnvironmentVariable("JSTORE_COUNTS") is { } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }
}
