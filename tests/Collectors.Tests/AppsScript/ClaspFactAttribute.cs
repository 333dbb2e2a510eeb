namespace JadaStore.Collectors.Tests.AppsScript;

/// <summary>A test that has clasp itself as its judge; left out, by name, where that is not installed
/// (<c>./test</c> installs it where there is npm).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClaspFactAttribute : FactAttribute
{
    public ClaspFactAttribute() => Skip = Program is null ? "clasp is not installed" : null;

    /// <summary>The program; null where there is none.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, "clasp")).FirstOrDefault(File.Exists);
}
