using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Aws.Services.Rows;

namespace JadaStore.Collectors.Tests.Aws.Services;

/// <summary>What must hold of the rows of every service; the tool that compiles them holds them against the
/// shapes.</summary>
public class AwsServicesTests
{
    public static TheoryData<string> Services() => [.. AwsServices.Names];

    [Fact]
    public void The_services_of_an_estate_are_there() => Assert.Subset(
        AwsServices.Names.ToHashSet(),
        new HashSet<string>(["acm", "application-autoscaling", "cloudfront", "dynamodb", "iam", "lambda", "route53"]));

    [Theory]
    [MemberData(nameof(Services))]
    public void Whatever_rows_ask_is_in_the_model(string service)
    {
        AwsModel model = AwsModel.Of(service);

        Assert.All(AwsServices.Of(service).AllKinds, kind =>
        {
            IEnumerable<RowQuestion?> asked =
                [kind.List, kind.Detail?.Get, .. kind.Documents.Select(document => document.Get)];
            Assert.All(asked.OfType<RowQuestion>(), question => Assert.NotNull(model.Operation(question.Operation)));
        });
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Whatever_is_stored_has_a_file_or_a_content_that_is_known(string service)
    {
        DocumentRow[] documents =
            [.. AwsServices.Of(service).AllKinds.SelectMany(kind => kind.Documents)];

        Assert.NotEmpty(documents);
        Assert.All(documents, document => Assert.True((document.File is null) != (document.Content is null)));
        Assert.All(documents.Select(document => document.Content).OfType<string>(), name =>
            Assert.NotNull(ContentSources.Of(name)));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void What_is_not_exported_says_why(string service)
    {
        ServiceRows rows = AwsServices.Of(service);

        Assert.Equal(AwsServices.IsGlobal(service), rows.IsGlobal);
        Assert.All(rows.NotExported, line => Assert.Matches("^[^:]+: .{10,}", line));
    }

    [Fact]
    public void A_service_without_rows_is_refused_by_name() => Assert.Contains(
        "nothing", Assert.Throws<ArgumentException>(() => AwsServices.Of("nothing")).Message, StringComparison.Ordinal);
}
