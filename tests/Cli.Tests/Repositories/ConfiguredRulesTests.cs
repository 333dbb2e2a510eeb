using JadaStore.Cli.Repositories;
using JadaStore.Store;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Cli.Tests.Repositories;

public class ConfiguredRulesTests
{
    [Fact]
    public void Every_key_is_understood()
    {
        ConfigFile config = Read("""
            [retention]
            keep-last = 3
            keep-hourly = 24
            keep-daily = 7
            keep-weekly = "5"
            keep-monthly = "all"
            keep-yearly = -1
            keep-within = "1y6m"
            keep-tag = ["release", "a,b"]
            [alarm]
            lost = "12.5%"
            changed = "100%"
            least = 5
            """);

        KeepRules rules = config.Retention!;
        Assert.Equal(
            "keep-last 3, keep-hourly 24, keep-daily 7, keep-weekly 5, keep-monthly all, keep-yearly all, keep-within 1y6m, "
            + "keep-tag release, keep-tag a,b",
            rules.ToString());
        Assert.Equal(new AlarmLimits { Lost = 0.125, Changed = 1, Least = 5 }, config.Alarm);
    }

    [Fact]
    public void Without_the_tables_there_are_no_rules_and_the_usual_limits()
    {
        ConfigFile config = Read("repository = \"x\"");

        Assert.Null(config.Retention);
        Assert.Equal(new AlarmLimits { Lost = 0.3, Changed = 0.7, Least = 20 }, config.Alarm);
        Assert.Null(Read("[alarm]\noff = true").Alarm);
    }

    [Theory]
    [InlineData("[retention]\nkeep-last = 0", "line 2: `keep-last` is 0; it can be a number from 1 on, or \"all\"")]
    [InlineData("[retention]\nkeep-daily = -7", "line 2: `keep-daily` is -7;")]
    [InlineData("[retention]\nkeep-daily = \"some\"", "line 2: `keep-daily` is some;")]
    [InlineData("[retention]\nkeep-daily = 99999999999", "line 2: `keep-daily` is 99999999999;")]
    [InlineData("[retention]\nkeep-daily = 1.5", "line 2: `keep-daily` is a number; it has to be text")]
    [InlineData("[retention]\nkeep-daily = true", "line 2: `keep-daily` is true or false; it has to be text")]
    [InlineData("[retention]\nkeep-within = \"7\"", "line 2: `keep-within` is \"7\"; it can be such as")]
    [InlineData("[retention]\nkeep-within = 7", "line 2: `keep-within` is a number; it has to be text")]
    [InlineData("[retention]\nkeep-tag = \"x\"", "line 2: `keep-tag` is text; it has to be a list")]
    [InlineData("[retention]\nkeep-nightly = 7", "line 2: `keep-nightly` means nothing in [retention]")]
    [InlineData("[alarm]\nlost = \"30\"", "line 2: `lost` is \"30\"; it can be such as \"30%\"")]
    [InlineData("[alarm]\nlost = \"0%\"", "line 2: `lost` is \"0%\"; it can be such as")]
    [InlineData("[alarm]\nchanged = \"101%\"", "line 2: `changed` is \"101%\"; it can be such as")]
    [InlineData("[alarm]\nchanged = \"NaN%\"", "line 2: `changed` is \"NaN%\"; it can be such as")]
    [InlineData("[alarm]\nlost = 0.3", "line 2: `lost` is a number; it has to be text")]
    [InlineData("[alarm]\nleast = 0", "line 2: `least` is 0; it has to be 1 or more")]
    [InlineData("[alarm]\nquiet = true", "line 2: `quiet` means nothing in [alarm]")]
    [InlineData("alarm = \"off\"", "line 1: `alarm` is text; it has to be a table")]
    [InlineData("[[retention]]\nkeep-last = 1", "`retention` is a list; it has to be a table")]
    public void What_cannot_be_meant_is_named_with_its_line(string text, string problem)
    {
        StoreException e = Assert.Throws<StoreException>(() => Read(text));

        Assert.Equal(StoreFault.Refused, e.Fault);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    /// <summary>More digits than any number has.</summary>
    [Fact]
    public void A_number_without_bounds_is_one_clear_line() =>
        Assert.Equal(StoreFault.Refused, Assert.Throws<StoreException>(
            () => Read("[retention]\nkeep-last = 99999999999999999999999")).Fault);

    private static ConfigFile Read(string text)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("jstore-config-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, ConfigFile.Name), text);
            return ConfigFile.FindUpwards(folder.FullName)!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
