using System.Text.Json;

namespace JadaStore.Cli.Tests.Commands;

public sealed class RepairCommandTests : IDisposable
{
    private readonly TestShell _shell = new();

    [Fact]
    public async Task A_loss_is_named_then_known_then_healed_by_a_snapshot_of_what_did_not_change()
    {
        _shell.Write("site/a.html", new string('a', 5000));
        _shell.Write("site/b.html", new string('b', 5000));
        Assert.Equal(0, await _shell.RunAsync("init", "--no-password"));
        Assert.Equal(0, await _shell.RunAsync("snapshot", "./site"));
        Flip(Pack(isPages: false), at: 60);

        Assert.Equal(13, await _shell.RunAsync("verify", "--data"));
        Assert.Equal(13, await _shell.RunAsync("repair", "--dry-run"));
        Assert.Contains("would: pack", _shell.Text, StringComparison.Ordinal);
        Assert.Equal(13, await _shell.RunAsync("repair"));
        Assert.Contains("noted as lost", _shell.Text, StringComparison.Ordinal);
        Assert.Contains("jstore: lost: v1.0  local/site/a.html", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(13, await _shell.RunAsync("verify", "--data"));
        Assert.StartsWith("LOST: 2 files hit, all of it known", _shell.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(13, await _shell.RunAsync("verify", "--json", "--quiet"));
        Assert.True(JsonDocument.Parse(_shell.Text).RootElement.GetProperty("only_known_losses").GetBoolean());

        Assert.Equal(0, await _shell.RunAsync("snapshot", "./site"));
        Assert.Equal(0, await _shell.RunAsync("verify", "--data"));
        Assert.Equal(0, await _shell.RunAsync("repair"));
        Assert.Contains("are back", _shell.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.RunAsync("cat", "v1.0", "local/site/a.html"));
        Assert.Equal(new string('a', 5000), _shell.Text);
        Assert.Equal(0, await _shell.RunAsync("repair"));
        Assert.StartsWith("ok: nothing to repair", _shell.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_parity_bit_rot_is_mended()
    {
        _shell.Write("site/a.html", new string('a', 5000));
        Assert.Equal(0, await _shell.RunAsync("init", "--no-password", "--parity", "5%"));
        Assert.Equal(0, await _shell.RunAsync("snapshot", "./site"));
        byte[] whole = await File.ReadAllBytesAsync(Pack(isPages: false));
        Flip(Pack(isPages: false), at: 60);

        Assert.Equal(0, await _shell.RunAsync("repair", "--json", "--quiet"));

        JsonElement report = JsonDocument.Parse(_shell.Text).RootElement;
        Assert.True(report.GetProperty("ok").GetBoolean());
        Assert.Equal(1, report.GetProperty("done").GetArrayLength());
        Assert.Equal(whole, await File.ReadAllBytesAsync(Pack(isPages: false)));
    }

    [Fact]
    public async Task Without_its_config_a_repository_opens_with_a_warning_until_it_is_repaired()
    {
        _shell.Write("site/a.html", "a");
        Assert.Equal(0, await _shell.RunAsync("init", "--no-password"));
        Assert.Equal(0, await _shell.RunAsync("snapshot", "./site"));
        File.Delete(Path.Combine(_shell.Folder, ".jstore", "config"));

        Assert.Equal(0, await _shell.RunAsync("list"));
        Assert.Contains("warning: config is missing. Its second copy was used", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.RunAsync("repair"));
        Assert.Equal(0, await _shell.RunAsync("list"));
        Assert.Empty(_shell.Error);
    }

    [Theory]
    [InlineData("none", false, 60), InlineData("5%", false, 60), InlineData("none", true, 60), InlineData("5%", true, 60)]
    [InlineData("none", false, -1), InlineData("5%", false, -1), InlineData("none", true, -1)]
    public async Task Whoever_meets_damage_is_told_of_repair(string parity, bool isPages, int at)
    {
        _shell.Write("site/a.html", new string('a', 5000));
        Assert.Equal(0, await _shell.RunAsync(parity == "none" ? ["init", "--no-password"] : ["init", "--no-password", "--parity", parity]));
        Assert.Equal(0, await _shell.RunAsync("snapshot", "./site"));
        string pack = Pack(isPages);
        if (at >= 0)
        {
            Flip(pack, at);
        }
        else
        {
            File.Delete(pack);
        }

        foreach (string[] words in (string[][])[["cat", "v1.0", "local/site/a.html"], ["restore", "--to", "back"], ["export", "v1.0", "--format", "zip"]])
        {
            Assert.Equal(13, await _shell.RunAsync(words));
            Assert.Contains("`jstore repair`", _shell.Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(Path.Combine(_shell.Folder, "back", "local", "site", "a.html")));
        bool isMended = parity != "none" && at >= 0;
        Assert.Equal(isMended ? 0 : 13, await _shell.RunAsync("repair"));
        Assert.Equal(isMended ? 0 : 13, await _shell.RunAsync("cat", "v1.0", "local/site/a.html"));
        Assert.Contains(isMended ? "" : "`jstore repair`", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_what_was_set_aside_that_cannot_be_read_is_warned_of()
    {
        _shell.Write("site/a.html", new string('a', 5000));
        Assert.Equal(0, await _shell.RunAsync("init", "--no-password"));
        Assert.Equal(0, await _shell.RunAsync("snapshot", "./site"));
        string folder = Directory.CreateDirectory(Path.Combine(_shell.Folder, ".jstore", "condemned")).FullName;
        string name = $"condemned/{new string('7', 32)}";
        await File.WriteAllTextAsync(Path.Combine(folder, new string('7', 32)), "no such record");

        Assert.Equal(0, await _shell.RunAsync("cat", "v1.0", "local/site/a.html"));
        Assert.Contains($"warning: {name}", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("`jstore repair` clears it away", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(13, await _shell.RunAsync("verify"));
        Assert.Contains(name, _shell.Text + _shell.Error, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.RunAsync("repair"));
        Assert.Equal(0, await _shell.RunAsync("verify"));
        Assert.Empty(_shell.Error);
    }

    [Theory, InlineData("0%"), InlineData("101%"), InlineData("much")]
    public async Task A_share_of_parity_that_is_none_is_refused(string share) =>
        Assert.Equal(2, await _shell.RunAsync("init", "--no-password", "--parity", share));

    public void Dispose() => _shell.Dispose();

    private string Pack(bool isPages) =>
        Directory.GetFiles(Path.Combine(_shell.Folder, ".jstore", "packs"), "*", SearchOption.AllDirectories)
            .Single(path => File.ReadAllBytes(path)[9] == (isPages ? 1 : 0));

    private static void Flip(string file, int at)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
