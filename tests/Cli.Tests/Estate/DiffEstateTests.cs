using System.Text.Json;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests.Estate;

/// <summary>What <c>jstore diff</c> says of an account, from the snapshots to the lines.</summary>
public class DiffEstateTests
{
    private const string Distribution =
        """{"Distribution":{"DistributionConfig":{"DefaultCacheBehavior":{"DefaultTTL":SECONDS}},"Id":"E123"}}""";

    private const string Hostile =
        """{"k\u001b]0;x\u0007":"\u001b[31m","l\nl":["\r"],"t":[{"Key":"\u001bk","V":1}]}""";

    [Fact]
    public async Task A_record_set_says_what_it_answers_and_what_it_answered()
    {
        using EstateShell shell = await EstateShell.OfAsync(
            "route53",
            [
                ("sailjada.com/records/www.sailjada.com/A.json", Alias("d111.cloudfront.net.", "Z1")),
                ("sailjada.com/records/sailjada.com/MX.json",
                    Records("MX", 300, "10 a.example.org.", "20 b.example.org.")),
                ("sailjada.com/records/old.sailjada.com/CNAME.json", Records("CNAME", 60, "x.example.org.")),
                ("sailjada.com/zone.json", """{"HostedZone":{"Config":{"Comment":"a"}}}"""),
            ],
            [
                ("sailjada.com/records/www.sailjada.com/A.json", Alias("d222.cloudfront.net.", "Z2")),
                ("sailjada.com/records/sailjada.com/MX.json",
                    Records("MX", 60, "20 b.example.org.", "10 c.example.org.")),
                ("sailjada.com/records/_acme.sailjada.com/TXT.json", Records("TXT", 60, "\\\"token\\\"")),
                ("sailjada.com/zone.json", """{"HostedZone":{"Config":{"Comment":"b"}}}"""),
            ]);

        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.1"));

        Assert.Equal(
            [
                "+ route53 sailjada.com  TXT _acme  \"token\"",
                "- route53 sailjada.com  CNAME old  x.example.org.",
                "route53 sailjada.com  MX @  10 a.example.org. → 10 c.example.org., TTL 300 → 60",
                "route53 sailjada.com  A www  d111.cloudfront.net → d222.cloudfront.net",
                "route53 sailjada.com  HostedZone.Config.Comment a → b",
            ],
            shell.Lines);
        Assert.Contains("\n1 added, 1 removed, 3 modified; +", shell.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_has_one_line_for_its_configuration_and_its_code()
    {
        using EstateShell shell = await EstateShell.OfAsync(
            "lambda",
            [
                ("us-east-1/booking-webhook/configuration.json", """{"CodeSha256":"a","Timeout":3}"""),
                ("us-east-1/booking-webhook/aliases/live.json", """{"FunctionVersion":"1"}"""),
                ("us-east-1/booking-webhook/code.zip", "1"),
                ("us-east-1/booking-webhook/code/index.js", "1"),
                ("us-east-1/booking-webhook/code/package.json", "{}"),
                ("us-east-1/gone/configuration.json", "{}"),
                ("us-east-1/gone/code/a.js", "1"),
            ],
            [
                ("us-east-1/booking-webhook/configuration.json", """{"CodeSha256":"b","Timeout":10}"""),
                ("us-east-1/booking-webhook/aliases/live.json", """{"FunctionVersion":"1"}"""),
                ("us-east-1/booking-webhook/code.zip", "2"),
                ("us-east-1/booking-webhook/code/index.js", "2"),
                ("us-east-1/booking-webhook/code/package.json", """{"a":1}"""),
                ("us-east-1/made/configuration.json", "{}"),
                ("us-east-1/made/policy.json", "{}"),
                ("us-east-1/made/code/a.js", "1"),
            ]);

        await shell.RunAsync("diff");

        Assert.Equal(
            [
                "lambda booking-webhook  Timeout 3 → 10, code 2 files",
                "- lambda gone  code 1 file",
                "+ lambda made  policy, code 1 file",
            ],
            shell.Lines);
    }

    [Fact]
    public async Task A_document_that_comes_to_a_resource_does_not_make_it_new()
    {
        using EstateShell shell = await EstateShell.OfAsync(
            "lambda",
            [
                ("us-east-1/f/configuration.json", "{}"),
                ("us-east-1/g/configuration.json", "{}"), ("us-east-1/g/url.json", "{}"),
            ],
            [
                ("us-east-1/f/configuration.json", "{}"), ("us-east-1/f/policy.json", "{}"),
                ("us-east-1/g/configuration.json", "{}"),
            ]);

        await shell.RunAsync("diff");

        Assert.Equal(["lambda f  +policy", "lambda g  -url"], shell.Lines);
    }

    /// <summary>All of an account, and then one region of one service: nothing was removed by that.</summary>
    [Fact]
    public async Task What_only_one_snapshot_took_is_a_line_that_names_the_one_that_did_not()
    {
        static EstateSource Functions(params string[] regions) => new(
            "lambda", [.. regions.Select(region => ($"{region}/f/configuration.json", (string?)"{}"))])
        {
            Coverage =
                [.. regions.Select(region => new CoverageLine($"{region}/functions", CoverageState.Captured, 1))],
        };
        string?[] many = [.. Enumerable.Range(0, 40).Select(number => $"eu-west-1/f{number}/configuration.json")];
        using EstateShell shell = await EstateShell.TakeAsync(
            [
                new EstateSource("dynamodb", [.. many.Select(path => (path!, (string?)"{}"))]),
                Functions("eu-west-1", "us-east-1"),
            ],
            [Functions("us-east-1"), new EstateSource("local/tools", ("a", "1"))]);

        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.1"));
        Assert.Equal(
            "N\tdynamodb/\tnot taken in v1.1\nN\tlambda/eu-west-1/\tnot taken in v1.1\n"
            + "N\tlocal/tools/\tnot taken in v1.0\n3 not taken; +0 B -0 B\n",
            shell.Text);

        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.1", "--name-status"));
        Assert.Equal("N\tdynamodb/\nN\tlambda/eu-west-1/\nN\tlocal/tools/\n", shell.Text);

        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.1", "--stat"));
        Assert.Contains("not taken in v1.1", shell.Text, StringComparison.Ordinal);

        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.1", "--patch"));
        Assert.Equal(
            "# dynamodb/ not taken in v1.1\n# lambda/eu-west-1/ not taken in v1.1\n# local/tools/ not taken in v1.0\n", shell.Text);

        Assert.Equal(0, await shell.RunAsync("diff", "v1.1", "v1.0", "--json"));
        JsonElement json = JsonDocument.Parse(shell.Text).RootElement;
        Assert.Equal(
            ["dynamodb/ v1.1", "lambda/eu-west-1/ v1.1", "local/tools/ v1.0"],
            json.GetProperty("changes").EnumerateArray().Select(change =>
                $"{change.GetProperty("path").GetString()} {change.GetProperty("not_taken_in").GetString()}"));
        Assert.Equal(
            """{"added":0,"removed":0,"modified":0,"metadata":0,"unknown":0,"not_taken":3,"bytes_added":0,"bytes_removed":0}""",
            json.GetProperty("summary").GetRawText());

        // Nobody looked, so nobody knows that nothing differs.
        Assert.Equal(1, await shell.RunAsync("diff", "v1.0", "v1.1", "--exit-code"));
        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.1", "--exit-code", "--path", "lambda/us-east-1"));
    }

    [Fact]
    public async Task A_distribution_is_called_by_its_id_and_its_members_without_their_wrapping()
    {
        using EstateShell shell = await EstateShell.OfAsync(
            "cloudfront",
            [
                ("distributions/E123/distribution.json",
                    Distribution.Replace("SECONDS", "86400", StringComparison.Ordinal)),
                ("cache-policies/p.json",
                    """{"CachePolicy":{"CachePolicyConfig":{"Aliases":{"Items":["a"],"Quantity":1}}}}"""),
            ],
            [
                ("distributions/E123/distribution.json",
                    Distribution.Replace("SECONDS", "60", StringComparison.Ordinal)),
                ("cache-policies/p.json",
                    """{"CachePolicy":{"CachePolicyConfig":{"Aliases":{"Items":["a","b"],"Quantity":2}}}}"""),
            ]);

        await shell.RunAsync("diff");

        Assert.Equal(
            [
                "cloudfront cache-policies/p  +Aliases b",
                "cloudfront E123  DefaultCacheBehavior.DefaultTTL 86400 → 60",
            ],
            shell.Lines);
    }

    [Theory]
    [InlineData("us-east-1/", "lambda f  Timeout 1 → 2")]
    [InlineData("us-west-2/", "lambda us-east-1/f  Timeout 1 → 2")]
    public async Task The_region_is_named_where_the_service_is_in_several(string other, string expected)
    {
        using EstateShell shell = await EstateShell.OfAsync(
            "lambda",
            [("us-east-1/f/configuration.json", """{"Timeout":1}"""), (other + "g/configuration.json", "{}")],
            [("us-east-1/f/configuration.json", """{"Timeout":2}"""), (other + "g/configuration.json", "{}")]);

        await shell.RunAsync("diff");

        Assert.Equal([expected], shell.Lines);
    }

    /// <summary>A region that was denied is not one whose functions are gone.</summary>
    [Fact]
    public async Task What_could_not_be_listed_is_said_to_be_unknown()
    {
        using EstateShell shell = await EstateShell.OfAsync(
            "lambda", [("us-east-1/f/configuration.json", "{}")], [("us-east-1/", null)]);

        await shell.RunAsync("diff");

        Assert.DoesNotContain(shell.Lines, line => line.StartsWith("- lambda", StringComparison.Ordinal));
        Assert.Contains("?\tlambda/us-east-1/f/configuration.json", shell.Lines);
    }

    [Theory]
    [InlineData("no JSON", "{}")]
    [InlineData("{\"a\":1,\"a\":2}", "{}")]
    [InlineData("", "{}")]
    public async Task What_cannot_be_compared_is_said_to_have_changed(string old, string made)
    {
        using EstateShell shell = await EstateShell.OfAsync("iam", [("roles/a.json", old)], [("roles/a.json", made)]);

        await shell.RunAsync("diff");

        Assert.Equal(["iam roles/a  changed"], shell.Lines);
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_not_compared()
    {
        string large = $"{{\"a\":\"{new string('x', 1024 * 1024)}\"}}";
        using EstateShell shell = await EstateShell.OfAsync(
            "iam", [("roles/a/b.json", large)], [("roles/a/b.json", large + " ")]);

        await shell.RunAsync("diff");

        Assert.Equal(["iam roles/a  b changed"], shell.Lines);
    }

    /// <summary>Whoever can name a resource could otherwise write to the terminal of whoever compares.</summary>
    [Fact]
    public async Task Names_and_values_reach_no_terminal_as_commands()
    {
        using EstateShell shell = await EstateShell.OfAsync(
            "iam",
            [("roles/a\u001b[2J.json", Hostile.Replace("31", "32", StringComparison.Ordinal))],
            [("roles/a\u001b[2J.json", Hostile.Replace("\\r", "\\n", StringComparison.Ordinal)
                .Replace("\"V\":1", "\"V\":2", StringComparison.Ordinal))]);

        await shell.RunAsync("diff");

        Assert.Single(shell.Lines);
        Assert.DoesNotContain(shell.Text, c => char.IsControl(c) && c is not '\n');
        await shell.RunAsync("diff", "--json");
        Assert.DoesNotContain(shell.Text, c => char.IsControl(c) && c is not '\n');
        JsonElement change = JsonDocument.Parse(shell.Text).RootElement.GetProperty("changes")[0];
        Assert.Equal(3, change.GetProperty("members").GetArrayLength());
    }

    [Fact]
    public async Task Json_has_the_members_by_their_whole_path_and_values_as_they_are()
    {
        using EstateShell shell = await EstateShell.OfAsync(
            "cloudfront",
            [
                ("distributions/E1.json", """{"D":{"Items":[{"Id":"a","T":1.50},{"Id":"b"}]},"Gone":null}"""),
                ("x/y/z.txt", "1"),
            ],
            [("distributions/E1.json", """{"D":{"Items":[{"Id":"c"},{"Id":"a","T":2}]}}"""), ("x/y/z.txt", "2")]);

        Assert.Equal(0, await shell.RunAsync("diff", "--json"));

        JsonElement changes = JsonDocument.Parse(shell.Text).RootElement.GetProperty("changes");
        Assert.Equal(
            """[{"path":"D.Items[Id=a].T","old":1.50,"new":2},{"path":"D.Items[Id=b]","old":{"Id":"b"}},"""
            + """{"path":"D.Items[Id=c]","new":{"Id":"c"}},{"path":"Gone","old":null}]""",
            changes[0].GetProperty("members").GetRawText());
        Assert.False(changes[1].TryGetProperty("members", out _));
    }

    [Fact]
    public async Task Files_beside_an_account_keep_their_letters_and_other_forms_their_lines()
    {
        using EstateShell shell = await EstateShell.TakeAsync(
            [new EstateSource("iam", ("roles/a.json", "{}")), new EstateSource("local/x", ("a.json", "{}"))],
            [new EstateSource("iam", ("roles/a.json", "[]")), new EstateSource("local/x", ("a.json", "[]"))]);

        await shell.RunAsync("diff");
        Assert.Equal(["iam roles/a  (document) {} → []", "M\tlocal/x/a.json"], shell.Lines);
        await shell.RunAsync("diff", "--name-status");
        Assert.Equal("M\tiam/roles/a.json\nM\tlocal/x/a.json\n", shell.Text);
        Assert.Equal(1, await shell.RunAsync("diff", "--exit-code", "--path", "iam/roles/a.json"));
        Assert.Equal(["iam roles/a  (document) {} → []"], shell.Lines);
    }

    [Fact]
    public async Task A_resource_of_which_all_changed_is_cut_short()
    {
        static string Members(int value) =>
            "{" + string.Join(',', Enumerable.Range(0, 200).Select(n => $"\"m{n:000}\":{value}")) + "}";
        using EstateShell shell = await EstateShell.OfAsync(
            "iam", [("roles/a.json", Members(1))], [("roles/a.json", Members(2))]);

        await shell.RunAsync("diff");

        string shown = string.Join(", ", Enumerable.Range(0, 8).Select(n => $"m{n:000} 1 → 2"));
        Assert.Equal($"iam roles/a  {shown}, and 192 more", Assert.Single(shell.Lines));
    }

    [Fact]
    public async Task A_buckets_configuration_is_called_by_the_bucket()
    {
        using EstateShell shell = await EstateShell.OfAsync(
            "s3-config/sailjada.com",
            [("policy.json", """{"Statement":[{"Sid":"read","Effect":"Deny"}]}"""), ("cors.json", "{}")],
            [("policy.json", """{"Statement":[{"Sid":"read","Effect":"Allow"}]}"""), ("tagging.json", "{}")]);

        await shell.RunAsync("diff");

        Assert.Equal(
            ["s3-config sailjada.com  policy Statement[read].Effect Deny → Allow, -cors, +tagging"], shell.Lines);
    }

    private static string Alias(string name, string zone) =>
        $$$"""{"AliasTarget":{"DNSName":"{{{name}}}","HostedZoneId":"{{{zone}}}"},"Name":"x.","Type":"A"}""";

    private static string Records(string type, int ttl, params string[] values) =>
        """{"Name":"x.","ResourceRecords":["""
        + string.Join(',', values.Select(value => $$"""{"Value":"{{value}}"}"""))
        + $$"""],"TTL":{{ttl}},"Type":"{{type}}"}""";
}
