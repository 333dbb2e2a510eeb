"""Networks and what stands in them: EC2, load balancers, scaling, the firewall."""
import base64

from .parts import part, tags


def tagged(kind):
    return [{"ResourceType": kind, "Tags": tags()}]


@part
def networks(of):
    client = of("ec2")
    for number in range(2):
        vpc = client.create_vpc(CidrBlock=f"10.{number}.0.0/16", TagSpecifications=tagged("vpc"))["Vpc"]["VpcId"]
        subnets = [client.create_subnet(VpcId=vpc, CidrBlock=f"10.{number}.{each}.0/24",
            AvailabilityZone=f"us-east-1{'ab'[each]}",
                                        TagSpecifications=tagged("subnet"))["Subnet"]["SubnetId"] for each in range(2)]
        table = client.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        gateway = client.create_internet_gateway(TagSpecifications=tagged("internet-gateway"))[
            "InternetGateway"]["InternetGatewayId"]
        client.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        client.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        client.associate_route_table(RouteTableId=table, SubnetId=subnets[0])
        client.create_egress_only_internet_gateway(VpcId=vpc)
        group = client.create_security_group(GroupName="web", Description="d", VpcId=vpc,
            TagSpecifications=tagged("security-group"))["GroupId"]
        client.authorize_security_group_ingress(GroupId=group, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [
                {"CidrIp": "198.51.100.0/24", "Description": "z"}, {"CidrIp": "192.0.2.0/24"}],
                "Ipv6Ranges": [{"CidrIpv6": "::/0"}]},
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "UserIdGroupPairs": [{"GroupId": group}]}])
        acl = client.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
        client.create_network_acl_entry(NetworkAclId=acl, RuleNumber=100, Protocol="6", RuleAction="allow",
            Egress=False,
                                        CidrBlock="0.0.0.0/0", PortRange={"From": 80, "To": 80})
        address = client.allocate_address(Domain="vpc")["AllocationId"]
        client.create_nat_gateway(SubnetId=subnets[0], AllocationId=address)
        client.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=[table])
        client.create_dhcp_options(DhcpConfigurations=[{"Key": "domain-name-servers", "Values": ["10.0.0.2"]},
                                                       {"Key": "domain-name", "Values": ["sailjada.local"]}])
        client.create_managed_prefix_list(PrefixListName=f"offices-{number}", AddressFamily="IPv4", MaxEntries=5,
            Entries=[
            {"Cidr": "198.51.100.0/24", "Description": "b"}, {"Cidr": "192.0.2.0/24", "Description": "a"}])
        client.create_flow_logs(ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogDestinationType="s3",
                                LogDestination="arn:aws:s3:::data-of-0")
        transit = client.create_transit_gateway(Description="Größe")["TransitGateway"]["TransitGatewayId"]
        customer = client.create_customer_gateway(BgpAsn=65000 + number, IpAddress=f"203.0.113.{number + 1}",
            Type="ipsec.1")[
            "CustomerGateway"]["CustomerGatewayId"]
        client.create_vpn_gateway(Type="ipsec.1")
        client.create_vpn_connection(Type="ipsec.1", CustomerGatewayId=customer, TransitGatewayId=transit, Options={
            "TunnelOptions": [{"PreSharedKey": "SECRET.MARK.shared"}]})
        volume = client.create_volume(AvailabilityZone="us-east-1a", Size=8,
            TagSpecifications=tagged("volume"))["VolumeId"]
        client.create_snapshot(VolumeId=volume, Description="by hand")
    vpcs = [vpc["VpcId"] for vpc in client.describe_vpcs()["Vpcs"] if not vpc["IsDefault"]]
    if len(vpcs) == 2:
        client.create_vpc_peering_connection(VpcId=vpcs[0], PeerVpcId=vpcs[1])


@part
def machines(of):
    client = of("ec2")
    image = "ami-12c6146b"
    data = base64.b64encode(b"#!/bin/sh\necho KEPT-MARK-user-data\n").decode()
    for number in range(2):
        client.create_key_pair(KeyName=f"key {number}", TagSpecifications=tagged("key-pair"))
        template = f"template-{number}"
        client.create_launch_template(LaunchTemplateName=template, LaunchTemplateData={
            "ImageId": image, "InstanceType": "t3.micro", "UserData": data})
        client.create_launch_template_version(LaunchTemplateName=template,
            LaunchTemplateData={"InstanceType": "t3.small"})
    ids = [one["InstanceId"] for one in client.run_instances(
        ImageId=image, InstanceType="t3.micro", MinCount=3, MaxCount=3, KeyName="key 0",
        UserData="SECRET-MARK-user-data",
        TagSpecifications=tagged("instance"))["Instances"]]
    client.terminate_instances(InstanceIds=ids[2:])
    client.create_image(InstanceId=ids[0] if ids else "i-1", Name="own image")
    scaling = of("autoscaling")
    for number in range(2):
        scaling.create_launch_configuration(LaunchConfigurationName=f"launch-{number}", ImageId=image,
            InstanceType="t3.micro",
                                            UserData="KEPT-MARK-user-data")
        group = f"group-{number}"
        scaling.create_auto_scaling_group(
            AutoScalingGroupName=group, LaunchConfigurationName=f"launch-{number}", MinSize=1, MaxSize=3,
            DesiredCapacity=1,
            AvailabilityZones=["us-east-1b", "us-east-1a"], Tags=[{"Key": "a b", "Value": "ä",
            "PropagateAtLaunch": True}])
        scaling.put_scaling_policy(AutoScalingGroupName=group, PolicyName="up", PolicyType="SimpleScaling",
                                   AdjustmentType="ChangeInCapacity", ScalingAdjustment=1)
        scaling.put_scheduled_update_group_action(AutoScalingGroupName=group, ScheduledActionName="at night",
            Recurrence="0 2 * * *",
                                                  MinSize=0)
        scaling.put_lifecycle_hook(AutoScalingGroupName=group, LifecycleHookName="hook",
                                   LifecycleTransition="autoscaling:EC2_INSTANCE_TERMINATING")


@part
def balancers(of):
    client = of("elbv2")
    subnets = [one["SubnetId"] for one in of("ec2").describe_subnets()["Subnets"] if one["DefaultForAz"]][:2]
    vpc = next((one["VpcId"] for one in of("ec2").describe_vpcs()["Vpcs"] if one["IsDefault"]), "vpc-1")
    for number in range(2):
        balancer = client.create_load_balancer(Name=f"balancer-{number}", Subnets=subnets, Tags=tags())["LoadBalancers"]
        group = client.create_target_group(Name=f"targets-{number}", Protocol="HTTP", Port=80, VpcId=vpc,
            Tags=tags())["TargetGroups"]
        if balancer and group:
            action = [{"Type": "forward", "TargetGroupArn": group[0]["TargetGroupArn"]}]
            listener = client.create_listener(LoadBalancerArn=balancer[0]["LoadBalancerArn"], Protocol="HTTP", Port=80,
                                              DefaultActions=action)["Listeners"]
            for priority in (2, 1):
                client.create_rule(ListenerArn=listener[0]["ListenerArn"], Priority=priority, Actions=action,
                    Conditions=[
                    {"Field": "path-pattern", "Values": [f"/a{priority}/*"]}])


@part
def firewall(of):
    for region, scope in (("us-east-1", "CLOUDFRONT"), ("us-east-1", "REGIONAL"), ("eu-west-1", "REGIONAL")):
        client = of("wafv2", region)
        seen = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": False, "MetricName": "m"}
        for number in range(2):
            client.create_ip_set(Name=f"addresses-{number}", Scope=scope, IPAddressVersion="IPV4",
                Addresses=["198.51.100.0/24", "192.0.2.0/24"],
                                 Description="Größe", Tags=tags())
            client.create_regex_pattern_set(Name=f"patterns-{number}", Scope=scope, RegularExpressionList=[
                {"RegexString": "z.*"}, {"RegexString": "a+"}], Tags=tags())
            rule = {"Name": "r", "Priority": 0, "Action": {"Block": {}}, "VisibilityConfig": seen, "Statement": {
                "GeoMatchStatement": {"CountryCodes": ["US", "DE"]}}}
            client.create_rule_group(Name=f"rules-{number}", Scope=scope, Capacity=10, Rules=[rule],
                VisibilityConfig=seen, Tags=tags())
            arn = client.create_web_acl(Name=f"acl-{number}", Scope=scope, DefaultAction={"Allow": {}}, Rules=[rule],
                                        VisibilityConfig=seen, Tags=tags())["Summary"]["ARN"]
            client.put_logging_configuration(LoggingConfiguration={
                "ResourceArn": arn, "LogDestinationConfigs": [
                    "arn:aws:firehose:us-east-1:123456789012:deliverystream/aws-waf-logs-a"]})
