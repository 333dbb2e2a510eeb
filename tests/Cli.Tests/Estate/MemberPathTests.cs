using JadaStore.Cli.Estate;

namespace JadaStore.Cli.Tests.Estate;

public class MemberPathTests
{
    [Fact]
    public void A_path_is_written_to_the_letter_and_short()
    {
        MemberPath path = MemberPath.Document.Member("DistributionConfig").Member("Origins").Member("Items")
            .Element("Id", "site").Member("DomainName");

        Assert.Equal("DistributionConfig.Origins.Items[Id=site].DomainName", path.ToString());
        Assert.Equal("DistributionConfig.Origins[site].DomainName", path.Short());
    }

    [Fact]
    public void Names_that_would_mislead_stand_in_quotes()
    {
        MemberPath path = MemberPath.Document.Member("Tags").Member("a.b").Element("Key", "x]\u001b").Element();

        Assert.Equal("""Tags["a.b"][Key="x]\u001B"][]""", path.ToString());
    }

    [Fact]
    public void What_says_nothing_is_left_out()
    {
        MemberPath items = MemberPath.Document.Member("Aliases").Member("Items");

        Assert.Equal("Aliases", items.Short());
        Assert.Equal("Items", MemberPath.Document.Member("Items").Short());
        Assert.Equal("Items.a", MemberPath.Document.Member("Items").Member("a").Short());
        Assert.Equal("Tags[env]", MemberPath.Document.Member("Tags").Element("Key", "env").Member("Value").Short());
        Assert.Equal("(document)", MemberPath.Document.Short());
    }
}
