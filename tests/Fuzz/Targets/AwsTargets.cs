using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Protocols;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Listing;

namespace JadaStore.Fuzz.Targets;

/// <summary>Answers of AWS, in its five protocols, and of S3 and its like.</summary>
internal static class AwsTargets
{
    // The first byte of an input chooses among these.
    private static readonly (string Service, string Operation)[] JsonOperations =
        [("dynamodb", "DescribeTable"), ("dynamodb", "ListTables")];
    private static readonly (string Service, string Operation)[] RestJsonOperations =
        [("lambda", "ListFunctions"), ("lambda", "GetPolicy")];
    private static readonly (string Service, string Operation)[] RestXmlOperations =
        [("s3", "GetBucketTagging"), ("s3", "GetBucketPolicy"), ("cloudfront", "GetDistribution"), ("route53", "ListHostedZones")];
    private static readonly (string Service, string Operation)[] QueryOperations =
        [("iam", "ListRoles"), ("iam", "GetAccountAuthorizationDetails")];
    private static readonly (string Service, string Operation)[] Ec2Operations =
        [("ec2", "DescribeInstances"), ("ec2", "DescribeVpcs")];

    /// <summary>One a protocol, and what is read beside them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Protocol("aws-json", JsonOperations, """{"Table":{"TableName":"a","CreationDateTime":1.5e9,"ItemCount":1e3,"New":{"x":[1,null]}}}""", """{"TableNames":["a"]}"""),
        Protocol("aws-rest-json", RestJsonOperations, """{"Functions":[{"FunctionName":"a","MemorySize":128.0,"LastModified":"2026-01-01"}]}""", """{"Policy":"{}"}"""),
        Protocol("aws-rest-xml", RestXmlOperations,
            "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>", """{"Version":"2012-10-17"}""",
            "<Distribution><Id>a</Id><New b='1'>t<c/></New><DistributionConfig><Enabled>true</Enabled></DistributionConfig></Distribution>",
            "<ListHostedZonesResponse><HostedZones><HostedZone><Id>a</Id></HostedZone></HostedZones></ListHostedZonesResponse>"),
        Protocol("aws-query", QueryOperations,
            "<ListRolesResponse><ListRolesResult><Roles><member><RoleName>a</RoleName><CreateDate>2026-01-01T00:00:00Z</CreateDate></member></Roles></ListRolesResult></ListRolesResponse>",
            "<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><UserDetailList><member><UserPolicyList><member><PolicyDocument>%7B%7D</PolicyDocument></member></UserPolicyList></member></UserDetailList></GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>"),
        Protocol("aws-ec2", Ec2Operations,
            "<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>i</instanceId></item></instancesSet></item></reservationSet></DescribeInstancesResponse>",
            "<DescribeVpcsResponse><vpcSet><item><cidrBlock>10/8</cidrBlock></item></vpcSet></DescribeVpcsResponse>"),
        new("aws-error", () => [.. Texts("<Error><Code>a</Code><Message>b</Message><Region>c</Region></Error>", """{"__type":"a#b:c","message":"d"}""")], Error),
        new("s3-listing", () => [.. Texts(
            "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken><Contents><Key>a%20b</Key><Size>1</Size><ETag>\"x\"</ETag><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>",
            "<ListVersionsResult><IsTruncated>false</IsTruncated><Version><Key>a</Key><VersionId>v</VersionId><IsLatest>true</IsLatest></Version><DeleteMarker><Key>b</Key></DeleteMarker></ListVersionsResult>")], Listing),
    ];

    private static FuzzTarget Protocol(string name, (string Service, string Operation)[] operations, params string[] answers) =>
        new(name, () => answers.Select((answer, i) => (byte[])[(byte)i, .. Encoding.UTF8.GetBytes(answer)]), bytes =>
        {
            if (bytes.Length > 0)
            {
                (string service, string operation) = operations[bytes[0] % operations.Length];
                Answer(AwsModel.Of(service), operation, bytes.AsMemory(1));
            }
        })
        { Memory = 32 << 20, MemoryPerByte = 4000 };

    private static void Answer(AwsModel model, string operation, ReadOnlyMemory<byte> body)
    {
        var answer = new WholeAnswer(
            200, [new("x-amz-meta", Encoding.Latin1.GetString(body.Span[..Math.Min(100, body.Length)]))], body);
        if (Promise.Unless<JsonObject, AwsException>(() => AwsProtocols.Of(model).Read(model.Operation(operation), answer)) is { } read)
        {
            byte[] stored = CanonicalJson.Write(read);
            JsonNode? back = JsonNode.Parse(
                stored, null, new() { MaxDepth = 4 * JsonAnswer.MaxDepth, AllowDuplicateProperties = false });
            Promise.Same(stored, CanonicalJson.Write(back), "what is stored is JSON, and is stored the same again");
        }
    }

    private static void Error(byte[] body)
    {
        AwsError error = AwsErrorReader.Read(400, _ => null, body);
        Promise.Holds(
            error.Code.Length is > 0 and <= 1001 && error.Message.Length <= 1001, "an error is named in few words");
        Promise.Holds(error.Region is null || AwsErrorReader.IsRegion(error.Region), "a region is no more than a name");
    }

    private static void Listing(byte[] body)
    {
        if (Promise.Unless<ListPage, IOException>(() => ListPageReader.Read(body)) is { } page)
        {
            Promise.Holds(
                page.Objects.All(found => found is { Size: >= 0, Key.Length: > 0 }),
                "each object has a key, and no negative size");
        }
    }

    private static IEnumerable<byte[]> Texts(params string[] texts) => texts.Select(Encoding.UTF8.GetBytes);
}
