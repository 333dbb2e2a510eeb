using System.Diagnostics;
using JadaStore.Store.Hashing;

namespace JadaStore.Store.Tests;

public sealed class SmokeTests
{
    [Theory, InlineData(0), InlineData(1), InlineData(64), InlineData(65), InlineData(1024), InlineData(1025), InlineData(3000), InlineData(100_000)]
    public void Agrees_with_b3sum(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) { bytes[i] = (byte)(i % 251); }
        string file = Path.GetTempFileName();
        File.WriteAllBytes(file, bytes);
        using Process p = Process.Start(new ProcessStartInfo("b3sum", ["--no-names", file]) { RedirectStandardOutput = true })!;
        Assert.Equal(p.StandardOutput.ReadToEnd().Trim(), Blake3.Hash(bytes).ToString());
        byte[] xof = new byte[200];
        Blake3.Hash(bytes, xof);
        using Process q = Process.Start(new ProcessStartInfo("b3sum", ["--no-names", "-l", "200", file]) { RedirectStandardOutput = true })!;
        Assert.Equal(q.StandardOutput.ReadToEnd().Trim(), Convert.ToHexStringLower(xof));
    }
}
