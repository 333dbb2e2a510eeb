namespace JadaStore.Collectors.Tests.Servers;

/// <summary>
/// A test that is given servers by <see cref="S3Servers.All"/>; left out where none can run, and failing there in CI.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServerTheoryAttribute : TheoryAttribute
{
    public ServerTheoryAttribute()
    {
        if (S3Servers.Missing(S3Servers.Moto) is { } first && S3Servers.Missing(S3Servers.Ceph) is { } second)
        {
            Skip = $"{first}; {second}";
        }
    }
}
