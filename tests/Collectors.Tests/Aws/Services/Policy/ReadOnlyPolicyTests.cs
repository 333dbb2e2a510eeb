using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Aws.Services.Policy;
using JadaStore.Collectors.S3.Config;
using JadaStore.Collectors.Tests.Aws.Judge;

namespace JadaStore.Collectors.Tests.Aws.Services.Policy;

[Collection(SharedJudge.Name)]
public partial class ReadOnlyPolicyTests(AwsJudge judge)
{
    // Some of these read by their names, and hand out secrets, items or access.
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue", "secretsmanager:GetRandomPassword",
        "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory",
        "ssm:GetAccessToken",
        "dynamodb:Scan", "dynamodb:Query", "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:GetRecords",
        "dynamodb:GetShardIterator", "dynamodb:PartiQLSelect", "kms:Decrypt", "kms:ReEncryptFrom",
        "kms:GenerateDataKey",
        "lightsail:GetInstanceAccessDetails", "lightsail:DownloadDefaultKeyPair", "lightsail:GetBucketAccessKeys",
        "lightsail:GetRelationalDatabaseMasterUserPassword", "ec2:GetPasswordData", "ec2:GetConsoleOutput",
        "ec2:GetConsoleScreenshot", "ecr:GetAuthorizationToken", "sts:AssumeRole", "sts:GetSessionToken",
        "sts:GetFederationToken", "acm:ExportCertificate", "iam:CreateAccessKey", "iam:GenerateCredentialReport",
        "cognito-identity:GetCredentialsForIdentity", "cognito-identity:GetOpenIdToken", "sqs:ReceiveMessage",
        "logs:GetLogEvents", "logs:FilterLogEvents", "logs:GetQueryResults", "kinesis:GetRecords", "iam:PassRole",
        "cognito-idp:ListUserPoolClientSecrets", "cognito-idp:GetTokensFromRefreshToken", "wafv2:ListAPIKeys",
        "wafv2:GetDecryptedAPIKey", "ecr:GetDownloadUrlForLayer", "states:GetActivityTask",
        "states:GetExecutionHistory", "iam:GetCredentialReport",
        "redshift:GetClusterCredentials", "lambda:InvokeFunction", "cloudfront-keyvaluestore:GetKey",
    };

    [Fact]
    public void No_action_writes_or_reveals()
    {
        string[] actions = ActionsOf(ReadOnlyPolicy.Json(AwsServices.Names, [AllBuckets], findRegions: true));

        Assert.True(actions.Length > 60);
        Assert.All(actions, action => Assert.Matches(Read(), action));
        Assert.DoesNotContain(actions, Forbidden.Contains);
        Assert.DoesNotContain(actions, action => action.Contains('*', StringComparison.Ordinal));
    }

    /// <summary>Where AWS's models tell that an operation changes something, or an HTTP method does, it is none of
    /// ours.</summary>
    [JudgeTheory]
    [MemberData(nameof(AwsServicesTests.Services), MemberType = typeof(AwsServicesTests))]
    public void The_models_of_AWS_call_none_of_the_operations_a_change(string service)
    {
        string[] changes = [.. judge.Ask("changes", service).AsArray().Select(name => name!.ToString())];

        Assert.Empty(changes.Intersect(AwsServices.Of(service).AllKinds
            .SelectMany(kind => kind.Documents.Select(document => document.Get)
                .Append(kind.List).Append(kind.Detail?.Get))
            .Select(question => question?.Operation).OfType<string>()));
    }

    /// <summary>IAM has names of its own for services: CloudWatch signs as <c>monitoring</c>, and IAM knows no
    /// such thing. The policies that AWS wrote, which moto has, are the judge.</summary>
    [JudgeFact]
    public void Actions_begin_as_those_of_the_policies_that_AWS_wrote()
    {
        string[] known = [.. judge.Ask("iam-prefixes").AsArray().Select(prefix => prefix!.ToString())];
        string[] actions = ActionsOf(ReadOnlyPolicy.Json(AwsServices.Names, [AllBuckets], findRegions: true));

        Assert.Empty(actions.Select(action => action.Split(':')[0]).Distinct().Except(known));
    }

    [Fact]
    public void A_policy_holds_what_the_sources_need_and_no_more()
    {
        string policy = ReadOnlyPolicy.Json(["route53"], [], findRegions: false);

        Assert.Equal("""
            {
                "Statement": [
                    {
                        "Action": [
                            "route53:GetDNSSEC",
                            "route53:GetHostedZone",
                            "route53:ListCidrBlocks",
                            "route53:ListCidrCollections",
                            "route53:ListHealthChecks",
                            "route53:ListHostedZones",
                            "route53:ListQueryLoggingConfigs",
                            "route53:ListResourceRecordSets",
                            "route53:ListReusableDelegationSets",
                            "route53:ListTagsForResource",
                            "route53:ListTrafficPolicies",
                            "route53:ListTrafficPolicyInstances",
                            "route53:ListTrafficPolicyVersions",
                            "route53:ListVPCAssociationAuthorizations"
                        ],
                        "Effect": "Allow",
                        "Resource": "*",
                        "Sid": "Route53"
                    }
                ],
                "Version": "2012-10-17"
            }

            """, policy);
    }

    [Fact]
    public void Buckets_are_named_where_they_are_known_and_versions_are_read_where_asked()
    {
        JsonArray statements = Statements(ReadOnlyPolicy.Json(
            [],
            [
                new() { Bucket = "site", Prefix = "www/" },
                new() { Bucket = "logs-*", Versions = true, Config = false },
                new() { Bucket = "config-only", Objects = false },
            ],
            findRegions: false));

        Assert.Equal(
            ["S3Buckets", "S3Config", "S3Lists", "S3Objects", "S3VersionsLists", "S3VersionsObjects"],
            statements.Select(one => one!["Sid"]!.ToString()));
        Assert.Equal(
            """["arn:aws:s3:::config-only","arn:aws:s3:::site"]""", statements[1]!["Resource"]!.ToJsonString());
        Assert.Equal("arn:aws:s3:::site", statements[2]!["Resource"]!.ToString());
        Assert.Equal("arn:aws:s3:::site/www/*", statements[3]!["Resource"]!.ToString());
        Assert.Equal("arn:aws:s3:::logs-*/*", statements[5]!["Resource"]!.ToString());
        Assert.DoesNotContain("s3:GetObjectVersion", ActionsOf(statements[3]!));
        Assert.Contains("s3:GetObjectVersion", ActionsOf(statements[5]!));
    }

    [Fact]
    public void Every_document_of_a_bucket_has_its_action() =>
        Assert.Equal(BucketDocuments.All.Count, S3Actions.Config.Distinct().Count());

    [Fact]
    public void Policies_that_are_to_be_managed_are_short_enough_and_hold_everything()
    {
        IReadOnlyList<string> parts = ReadOnlyPolicy.Managed(AwsServices.Names, [AllBuckets], findRegions: true);

        Assert.All(parts, part => Assert.InRange(ReadOnlyPolicy.Size(part), 1, ReadOnlyPolicy.MaxManaged));
        Assert.Equal(
            ActionsOf(ReadOnlyPolicy.Json(AwsServices.Names, [AllBuckets], findRegions: true)).Order(),
            parts.SelectMany(ActionsOf).Order());
    }

    private static BucketGrant AllBuckets => new() { Bucket = "*", Versions = true };

    private static JsonArray Statements(string policy) => JsonNode.Parse(policy)!["Statement"]!.AsArray();

    private static string[] ActionsOf(string policy) => [.. Statements(policy).SelectMany(one => ActionsOf(one!))];

    private static string[] ActionsOf(JsonNode statement) => statement["Action"] is JsonArray many
        ? [.. many.Select(action => action!.ToString())] : [statement["Action"]!.ToString()];

    // apigateway's actions are HTTP's methods; budgets has one for all that reads.
    [GeneratedRegex(
        "^(apigateway:GET|budgets:ViewBudget|[a-z0-9-]+:(Get|List|Describe|BatchGet|BatchDescribe)[A-Z][A-Za-z0-9]*)$")]
    private static partial Regex Read();
}
