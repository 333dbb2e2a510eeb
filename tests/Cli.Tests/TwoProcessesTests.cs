namespace JadaStore.Cli.Tests;

public sealed class TwoProcessesTests
{
    /// <summary>They share chunks, race for the next name and write one catalog; both must come out whole.</summary>
    [Fact]
    public async Task Processes_that_take_snapshots_into_one_repository_at_once_all_succeed()
    {
        const int Writers = 4;
        DirectoryInfo home = Directory.CreateTempSubdirectory("jstore-both-");
        string folder = home.FullName;
        for (int i = 0; i < Writers; i++)
        {
            DirectoryInfo tree = Directory.CreateDirectory(Path.Combine(folder, "tree" + i));
            for (int j = 0; j < 400; j++)
            {
                await File.WriteAllTextAsync(
                    Path.Combine(tree.FullName, "f" + j), $"{j} {(j % 2 == 0 ? "shared" : i)}");
            }
        }

        await Tool.JstoreAsync(folder, "init", "--no-password", "-r", "r");
        (int Code, string Out, string Error)[] runs = await Task.WhenAll(
            Enumerable.Range(0, Writers).Select(i => Tool.JstoreAsync(folder, "-r", "r", "snapshot", "./tree" + i)));

        Assert.All(runs, run => Assert.True(run.Code == 0, run.Error));
        (int code, string list, _) = await Tool.JstoreAsync(folder, "-r", "r", "list", "--json");
        using var snapshots = System.Text.Json.JsonDocument.Parse(list);
        Assert.Equal(0, code);
        Assert.Equal(
            ["v1.0", "v1.1", "v1.2", "v1.3"], snapshots.RootElement.EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal(0, (await Tool.JstoreAsync(folder, "-r", "r", "verify", "--data")).Code);
        foreach (System.Text.Json.JsonElement snapshot in snapshots.RootElement.EnumerateArray())
        {
            string name = snapshot.GetProperty("name").GetString()!;
            await Tool.JstoreAsync(folder, "-r", "r", "restore", "--snapshot", name, "--to", "back");
        }

        for (int i = 0; i < Writers; i++)
        {
            (int same, string differences, _) =
                await Tool.RunAsync(folder, "", "diff", "-r", "tree" + i, "back/local/tree" + i);
            Assert.True(same == 0, differences);
        }

        home.Delete(recursive: true);
    }
}
