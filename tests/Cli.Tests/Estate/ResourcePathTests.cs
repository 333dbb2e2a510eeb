using JadaStore.Cli.Estate;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests.Estate;

public class ResourcePathTests
{
    [Theory]
    [InlineData("lambda", "us-east-1/booking/configuration.json", "booking", "lambda/us-east-1/booking", "")]
    [InlineData("lambda", "us-east-1/booking/aliases/live.json", "booking", "lambda/us-east-1/booking", "aliases/live")]
    [InlineData(
        "lambda", "us-east-1/@layers/tools/3/layer.json", "@layers/tools",
        "lambda/us-east-1/@layers/tools", "3")]
    [InlineData(
        "lambda", "us-east-1/booking/versions/3/configuration.json", "booking",
        "lambda/us-east-1/booking", "versions/3")]
    [InlineData("acm", "us-east-1/example.org/certificate.json", "example.org", "acm/us-east-1/example.org", "")]
    [InlineData("dynamodb", "us-east-1/orders/ttl.json", "orders", "dynamodb/us-east-1/orders", "ttl")]
    [InlineData(
        "wafv2", "us-east-1/regional/web-acls/a/tags.json", "regional/web-acls/a",
        "wafv2/us-east-1/regional/web-acls/a", "tags")]
    [InlineData(
        "logs", "us-east-1/groups/aws/lambda/f/group.json", "groups/aws/lambda/f",
        "logs/us-east-1/groups/aws/lambda/f", "")]
    [InlineData("kms", "us-east-1/aliases/aws/s3.json", "aliases/aws/s3", "kms/us-east-1/aliases/aws/s3", "")]
    [InlineData("ssm", "us-east-1/parameters/a/b/tags.json", "parameters/a/b", "ssm/us-east-1/parameters/a/b", "tags")]
    [InlineData("ssm", "us-east-1/documents/d/content", "documents/d", "ssm/us-east-1/documents/d", "content")]
    [InlineData(
        "apigateway", "eu-west-1/apis/a/stages/prod/stage.json", "apis/a",
        "apigateway/eu-west-1/apis/a", "stages/prod")]
    [InlineData("cloudfront", "distributions/E1/distribution.json", "E1", "cloudfront/distributions/E1", "")]
    [InlineData("cloudfront", "distributions/E1.json", "E1", "cloudfront/distributions/E1", "")]
    [InlineData("cloudfront", "cache-policies/x.json", "cache-policies/x", "cloudfront/cache-policies/x", "")]
    [InlineData(
        "cloudfront", "cache-policies/x/cache-policy.json", "cache-policies/x",
        "cloudfront/cache-policies/x", "")]
    [InlineData("prod/route53", "sailjada.com/zone.json", "sailjada.com", "prod/route53/sailjada.com", "")]
    [InlineData("route53", "@health-checks/a/health-check.json", "@health-checks/a", "route53/@health-checks/a", "")]
    [InlineData("iam", "roles/admin/policies/x.json", "roles/admin", "iam/roles/admin", "policies/x")]
    [InlineData("iam", "password-policy.json", "password-policy", "iam/password-policy", "")]
    [InlineData("s3-config/sailjada.com", "policy.json", "sailjada.com", "s3-config/sailjada.com", "policy")]
    public void A_document_belongs_to_its_resource(string root, string path, string name, string place, string aspect)
    {
        ResourcePath resource = ResourcePath.Of(root, new EntryPath($"{root}/{path}"))!;

        Assert.Equal((name, place, aspect), (resource.Name, resource.Place, resource.Aspect));
        Assert.Null(resource.ContentFolder);
    }

    [Theory]
    [InlineData("lambda", "us-east-1/booking/code/index.js", "code")]
    [InlineData("lambda", "us-east-1/booking/code/package.json", "code")]
    [InlineData("lambda", "us-east-1/booking/versions/3/code/a/b.js", "versions/3/code")]
    [InlineData("lambda", "us-east-1/booking/code.zip", null)]
    [InlineData("cloudfront", "functions/rewrite/code.js", null)]
    public void What_is_no_document_is_content(string root, string path, string? folder)
    {
        ResourcePath resource = ResourcePath.Of(root, new EntryPath($"{root}/{path}"))!;

        Assert.Equal(folder, resource.ContentFolder);
        Assert.False(resource.IsDocument);
    }

    [Theory]
    [InlineData("lambda", "")]
    [InlineData("lambda", "us-east-1/")]
    [InlineData("iam", "roles/")]
    [InlineData("s3-config/b", "")]
    public void What_could_not_be_listed_above_all_resources_is_none(string root, string path) =>
        Assert.Null(ResourcePath.Of(root, new EntryPath($"{root}/{path}")));

    [Theory]
    [InlineData("local/site/a.json")]
    [InlineData("s3/bucket/lambda/us-east-1/x.json")]
    [InlineData("apps-script/one/appsscript.json")]
    [InlineData("lambdas/x")]
    public void Files_and_objects_are_no_resources(string path)
    {
        var snapshot = Sample.Snapshot() with
        {
            Record = Sample.Snapshot().Record with
            {
                Sources = [.. ((string[])["local/site", "s3/bucket", "apps-script/one", "lambda"])
                    .Select(root => new SnapshotSource { Root = root })],
            },
        };

        Assert.Null(new EstateRoots(snapshot).ResourceOf(new EntryPath(path)));
    }
}
