namespace JadaStore.Collectors.Tests.Servers;

/// <summary>A test that needs a server; left out, by name, where that cannot run, and failing there in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServerFactAttribute : FactAttribute
{
    /// <param name="server">A name of <see cref="S3Servers"/>.</param>
    public ServerFactAttribute(string server)
    {
        Skip = S3Servers.Missing(server);
    }
}
