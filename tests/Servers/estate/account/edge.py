"""Names and the edge: Route 53, ACM, CloudFront."""
from .parts import part, tags


def changes(records):
    return {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": record} for record in records]}


def plain(name, kind, *values, ttl=300, **more):
    return {"Name": name, "Type": kind, "TTL": ttl, "ResourceRecords": [{"Value": value} for value in values], **more}


@part
def route53(of):
    client = of("route53")
    check = client.create_health_check(CallerReference="check-1", HealthCheckConfig={
        "Type": "HTTPS", "FullyQualifiedDomainName": "www.sailjada.com", "Port": 443, "ResourcePath": "/health?a=b",
        "RequestInterval": 30, "FailureThreshold": 3})["HealthCheck"]["Id"]
    client.create_health_check(CallerReference="check-2", HealthCheckConfig={
        "Type": "TCP", "IPAddress": "192.0.2.17", "Port": 25})
    client.change_tags_for_resource(ResourceType="healthcheck", ResourceId=check, AddTags=tags())
    client.create_reusable_delegation_set(CallerReference="set-1")
    client.create_reusable_delegation_set(CallerReference="set-2")
    zone = client.create_hosted_zone(Name="sailjada.com", CallerReference="zone-1", HostedZoneConfig={
        "Comment": "Boote – öffentlich", "PrivateZone": False})["HostedZone"]["Id"]
    client.change_tags_for_resource(ResourceType="hostedzone", ResourceId=zone.split("/")[-1], AddTags=tags())
    for begin in range(0, 360, 90):
        client.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=changes(
            plain(f"h{number:03}.sailjada.com", "A", f"192.0.2.{number % 250}") for number in range(begin, begin + 90)))
    client.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=changes([
        plain("*.sailjada.com", "CNAME", "elsewhere.example.com"),
        plain("sailjada.com", "MX", "10 mx1.example.com", "20 mx2.example.com"),
        plain("sailjada.com", "TXT", '"v=spf1 -all"', '"with \\"quotes\\" and \\344"'),
        plain("_dmarc.sailjada.com", "TXT", '"v=DMARC1; p=none"'),
        plain("geo.sailjada.com", "A", "192.0.2.1", SetIdentifier="Europe / north",
        GeoLocation={"ContinentCode": "EU"}),
        plain("geo.sailjada.com", "A", "192.0.2.2", SetIdentifier="else", GeoLocation={"CountryCode": "*"}),
        plain("weight.sailjada.com", "A", "192.0.2.3", SetIdentifier="blue", Weight=10, HealthCheckId=check),
        plain("weight.sailjada.com", "A", "192.0.2.4", SetIdentifier="green", Weight=0),
        {"Name": "www.sailjada.com", "Type": "A", "AliasTarget": {
            "HostedZoneId": "Z2FDTNDATAQYW2", "DNSName": "d111111abcdef8.cloudfront.net",
            "EvaluateTargetHealth": False}},
        {"Name": "www.sailjada.com", "Type": "AAAA", "AliasTarget": {
            "HostedZoneId": "Z2FDTNDATAQYW2", "DNSName": "d111111abcdef8.cloudfront.net",
            "EvaluateTargetHealth": False}},
    ]))
    client.create_hosted_zone(Name="xn--gre-6ka8i.example.org", CallerReference="zone-3")
    # Of equal names: one for the world, one for a network.
    client.create_hosted_zone(Name="sailjada.com", CallerReference="zone-2", VPC={
        "VPCRegion": "us-east-1", "VPCId": "vpc-0123456789abcdef0"}, HostedZoneConfig={"PrivateZone": True})
    of("logs").create_log_group(logGroupName="/aws/route53/sailjada.com")
    client.create_query_logging_config(
        HostedZoneId=zone,
        CloudWatchLogsLogGroupArn="arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/sailjada.com:*")


@part
def acm(of):
    client = of("acm")
    for number, name in enumerate(["sailjada.com", "*.sailjada.com", "booking.example.org"]):
        client.request_certificate(
            DomainName=name, ValidationMethod="DNS", SubjectAlternativeNames=[name, f"www{number}.example.org"],
            Tags=tags(Number=str(number)), IdempotencyToken=f"token{number}")
    of("acm", "eu-west-1").request_certificate(DomainName="eu.sailjada.com", ValidationMethod="EMAIL")


def distribution(number, **more):
    return {
        "CallerReference": f"distribution-{number}", "Comment": f"Nr. {number} – Größe", "Enabled": number % 2 == 0,
        "Aliases": {"Quantity": 2, "Items": [f"b{number}.sailjada.com", f"a{number}.sailjada.com"]},
        "DefaultRootObject": "index.html",
        "Origins": {"Quantity": 2, "Items": [
            {"Id": "bucket", "DomainName": f"bucket-{number}.s3.amazonaws.com", "OriginPath": "",
             "S3OriginConfig": {"OriginAccessIdentity": ""},
             "CustomHeaders": {"Quantity": 1, "Items": [{"HeaderName": "X-Origin",
             "HeaderValue": "KEPT-MARK-header"}]}},
            {"Id": "server", "DomainName": "origin.example.com", "OriginPath": "/a", "CustomOriginConfig": {
                "HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only",
                "OriginSslProtocols": {"Quantity": 2, "Items": ["TLSv1.2", "TLSv1.1"]}}}]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "bucket", "ViewerProtocolPolicy": "redirect-to-https", "MinTTL": 0, "DefaultTTL": 86400,
            "MaxTTL": 31536000, "Compress": True,
            "AllowedMethods": {"Quantity": 2, "Items": ["HEAD", "GET"], "CachedMethods": {
                "Quantity": 2, "Items": ["HEAD", "GET"]}},
            "ForwardedValues": {"QueryString": True, "Cookies": {"Forward": "whitelist", "WhitelistedNames": {
                "Quantity": 2, "Items": ["b", "a"]}}, "Headers": {"Quantity": 0}},
            "TrustedSigners": {"Enabled": False, "Quantity": 0}},
        "CacheBehaviors": {"Quantity": 1, "Items": [{
            "PathPattern": "/api/*", "TargetOriginId": "server", "ViewerProtocolPolicy": "https-only", "MinTTL": 0,
            "ForwardedValues": {"QueryString": True, "Cookies": {"Forward": "all"}},
            "TrustedSigners": {"Enabled": False, "Quantity": 0}}]},
        "CustomErrorResponses": {"Quantity": 1, "Items": [{
            "ErrorCode": 404, "ResponsePagePath": "/404.html", "ResponseCode": "404", "ErrorCachingMinTTL": 10}]},
        "ViewerCertificate": {"CloudFrontDefaultCertificate": True}, **more}


@part
def cloudfront(of):
    client = of("cloudfront")
    for number in range(3):
        client.create_distribution_with_tags(DistributionConfigWithTags={
            "DistributionConfig": distribution(number), "Tags": {"Items": tags()}})
    for number in range(2):
        client.create_origin_access_control(OriginAccessControlConfig={
            "Name": f"access {number}", "Description": "für die Eimer", "SigningProtocol": "sigv4",
            "SigningBehavior": "always", "OriginAccessControlOriginType": "s3"})
        key = client.create_public_key(PublicKeyConfig={
            "CallerReference": f"key-{number}", "Name": f"key-{number}",
            "EncodedKey": "-----BEGIN PUBLIC KEY-----\nMIIB\n"
            "-----END PUBLIC KEY-----\n", "Comment": "c"})["PublicKey"]["Id"]
        client.create_key_group(KeyGroupConfig={"Name": f"group-{number}", "Items": [key], "Comment": "c"})
