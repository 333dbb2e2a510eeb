"""An account of the size of a real one, for figures: 66 distributions, 21 functions, 16 zones with 900 records,
14 tables, 45 buckets with three objects each."""
from .client import Account
from .compute import ROLE, roles, zipped
from .edge import changes, distribution, plain
from .parts import tags

BUCKETS = [f"estate-bucket-{number:02}" for number in range(45)]
ZONES, RECORDS = 16, 900

# moto names it as the place of all code, and does not put any there.
CODE = "awslambda-us-east-1-tasks"


def fill_large(endpoint, session=None):
    """Fills the account; what was refused of it."""
    of = Account(endpoint, session)
    roles(of)
    for number in range(66):
        of("cloudfront").create_distribution_with_tags(DistributionConfigWithTags={
            "DistributionConfig": distribution(number), "Tags": {"Items": tags()}})
    of("s3").create_bucket(Bucket=CODE)
    for number in range(21):
        name, code = f"function-{number:02}", zipped(f"exports.handler = async () => {number};\n" * 2000)
        of("lambda").create_function(
            FunctionName=name, Runtime="nodejs20.x", Role=ROLE, Handler="index.handler", Code={"ZipFile": code})
        given = of("lambda").get_function(FunctionName=name)["Code"]["Location"]
        of("s3").put_object(Bucket=CODE, Key=given.rpartition("/")[2], Body=code, ACL="public-read")
    for zone in range(ZONES):
        name = f"zone-{zone:02}.example.org"
        made = of("route53").create_hosted_zone(Name=name, CallerReference=name)["HostedZone"]["Id"]
        of("route53").change_resource_record_sets(HostedZoneId=made, ChangeBatch=changes(
            plain(f"h{number}.{name}", "A", f"192.0.2.{number % 250}") for number in range(zone, RECORDS, ZONES)))
    for number in range(14):
        of("dynamodb").create_table(
            TableName=f"table-{number:02}", BillingMode="PAY_PER_REQUEST", Tags=tags(),
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    for bucket in BUCKETS:
        of("s3").create_bucket(Bucket=bucket)
        for number in range(3):
            of("s3").put_object(Bucket=bucket, Key=f"page-{number}.html", Body=f"{bucket} {number}\n".encode() * 1000)
    return of.refused
