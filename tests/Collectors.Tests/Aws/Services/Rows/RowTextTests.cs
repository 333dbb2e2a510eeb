using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Services.Rows;

namespace JadaStore.Collectors.Tests.Aws.Services.Rows;

public class RowTextTests
{
    private static readonly ItemScope Scope = new ItemScope { Region = "cn-north-1", Account = "123456789012" }
        .Within("zones", JsonNode.Parse("""
            {"Id": "/hostedzone/Z1", "Name": "sailjada.com.", "Size": 12, "Private": false, "Empty": "",
             "Arn": "arn:aws:lambda:us-east-1:1:function:booking:live", "Deep": {"List": ["first", "second"]}}
            """))
        .Within("records", JsonNode.Parse("""
            {"Name": "\\052.sailjada.com.", "Dots": "..", "Root": ".", "Path": "/a/../b%/", "Nul": "x\u0000y"}
            """));

    [Theory]
    [InlineData("records/{Name|domain}", "records/*.sailjada.com")]
    [InlineData("{zones.Id}", "%2Fhostedzone%2FZ1")]
    [InlineData("{zones.Id|last}", "Z1")]
    [InlineData("{zones.Id|path}", "hostedzone/Z1")]
    [InlineData("{zones.Name|domain}/{zones.Size}-{zones.Private}", "sailjada.com/12-false")]
    [InlineData("{zones.Arn|6}", "booking")]
    [InlineData("{zones.Arn|last}", "live")]
    [InlineData("{zones.Deep.List[0]}", "first")]
    [InlineData("A{SetIdentifier|suffix}.json", "A.json")]
    [InlineData("A{zones.Empty|suffix}.json", "A.json")]
    [InlineData("A{zones.Size|suffix}.json", "A.12.json")]
    [InlineData("{Dots}/{Root|domain}", "%2E%2E/%2E")]
    [InlineData("{Path|path}", "a/%2E%2E/b%25/")]
    [InlineData("{Nul}", "x%00y")]
    [InlineData("arn:{@partition}:x:{@region}:{@account}:y", "arn:aws-cn:x:cn-north-1:123456789012:y")]
    [InlineData("plain {text", "plain {text")]
    public void Variables_become_names_in_a_path(string text, string path) =>
        Assert.Equal(path, RowText.Parse(text).Path(Scope));

    [Fact]
    public void What_a_service_is_given_is_not_changed() => Assert.Equal(
        "/hostedzone/Z1 .. /a/../b%/", RowText.Parse("{zones.Id} {Dots} {Path}").Plain(Scope));

    [Theory]
    [InlineData("{Missing}")]
    [InlineData("{zones.Empty}")]
    [InlineData("{zones.Arn|9}")]
    [InlineData("{zones.Deep}")]
    public void A_member_that_is_missing_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => RowText.Parse(text).Path(Scope));

    [Theory]
    [InlineData("", "")]
    [InlineData("@health-checks", "@health-checks")]
    [InlineData("@layers/{Name}", "@layers")]
    [InlineData("functions/{Name}/live", "functions")]
    [InlineData("a/b{Name}", "a")]
    [InlineData("{Name}/a", "")]
    public void The_folder_that_all_share_is_what_stands_before_the_first_variable(string text, string folder) =>
        Assert.Equal(folder, RowText.Parse(text).CommonFolder);

    [Fact]
    public void Input_keeps_numbers_and_leaves_out_what_is_missing()
    {
        JsonObject template = JsonNode.Parse("""
            {"Id": "{zones.Id|last}", "Size": "{zones.Size}", "Gone": "{Missing}", "All": true,
             "Filter": {"Names": ["{zones.Name}", "x"]}}
            """)!.AsObject();

        JsonObject input = new RowQuestion("Get", template).InputFor(Scope);

        Assert.Equal(
            """{"Id":"Z1","Size":12,"All":true,"Filter":{"Names":["sailjada.com.","x"]}}""", input.ToJsonString());
    }

    [Theory]
    [InlineData("zones.Size", true)]
    [InlineData("zones.Empty", false)]
    [InlineData("!zones.Empty", true)]
    [InlineData("zones.Private=false", true)]
    [InlineData("zones.Private!=true", true)]
    [InlineData("Missing=x", false)]
    [InlineData("Missing!=x", true)]
    [InlineData("zones.Name={Name}", false)]
    [InlineData("zones.Name=sailjada.com.", true)]
    [InlineData("Dots=..", true)]
    public void Conditions_are_of_members(string condition, bool holds) =>
        Assert.Equal(holds, RowCondition.Parse(condition).Holds(Scope));
}
