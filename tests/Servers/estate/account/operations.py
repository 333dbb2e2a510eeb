"""What is watched and how it came about: CloudWatch and its logs, CloudFormation, Budgets."""
import json

from .parts import part, tags


@part
def cloudwatch(of):
    client = of("cloudwatch")
    for number in range(101):
        client.put_metric_alarm(
            AlarmName=f"alarm {number:03}/ä", MetricName="CPU", Namespace="AWS/EC2", Statistic="Average", Period=60,
            EvaluationPeriods=2, Threshold=80.5, ComparisonOperator="GreaterThanThreshold", Dimensions=[
                {"Name": "z", "Value": "1"}, {"Name": "a", "Value": "2"}], Tags=tags() if number == 0 else [],
            AlarmActions=["arn:aws:sns:us-east-1:123456789012:bounces"], AlarmDescription="Größe")
    client.set_alarm_state(AlarmName="alarm 001/ä", StateValue="ALARM", StateReason="SECRET-MARK-state")
    for number in range(2):
        client.put_dashboard(DashboardName=f"board-{number}", DashboardBody=json.dumps({"widgets": [
            {"type": "text", "x": 0, "properties": {"markdown": "Größe"}}]}))
        client.put_insight_rule(RuleName=f"rule-{number}", RuleState="ENABLED", RuleDefinition=json.dumps({
            "Schema": {"Name": "CloudWatchLogRule", "Version": 1}}))
    client.put_metric_data(Namespace="SECRET-MARK-metric", MetricData=[{"MetricName": "a", "Value": 1}])


@part
def logs(of):
    client = of("logs")
    for name in ("/aws/lambda/booking-webhook", "/aws/lambda", "plain", "with.signs_#-/a"):
        client.create_log_group(logGroupName=name, tags={"a b": "c/d"})
        client.put_retention_policy(logGroupName=name, retentionInDays=30)
        client.create_log_stream(logGroupName=name, logStreamName="SECRET-MARK-stream")
        client.put_log_events(logGroupName=name, logStreamName="SECRET-MARK-stream", logEvents=[
            {"timestamp": 1790000000000, "message": "SECRET-MARK-log"}])
    for number in range(52):
        client.create_log_group(logGroupName=f"/many/{number:02}")
    for number in range(2):
        client.put_metric_filter(logGroupName="plain", filterName=f"filter {number}", filterPattern="ERROR",
            metricTransformations=[
            {"metricName": "errors", "metricNamespace": "me", "metricValue": "1", "defaultValue": 0.0}])
        client.put_resource_policy(policyName=f"policy-{number}", policyDocument=json.dumps({"Version": "2012-10-17"}))
        client.put_destination(destinationName=f"destination-{number}", roleArn="arn:aws:iam::1:role/a",
                               targetArn="arn:aws:kinesis:us-east-1:123456789012:stream/a")
        client.put_delivery_destination(name=f"delivery-{number}", outputFormat="json",
            deliveryDestinationConfiguration={
            "destinationResourceArn": "arn:aws:logs:us-east-1:123456789012:log-group:plain"})
    client.put_subscription_filter(
        logGroupName="plain", filterName="to-function", filterPattern="",
        destinationArn="arn:aws:lambda:us-east-1:123456789012:function:booking-webhook")


TEMPLATE = {"AWSTemplateFormatVersion": "2010-09-09", "Description": "Größe", "Parameters": {
    "Password": {"Type": "String", "NoEcho": True}, "Name": {"Type": "String", "Default": "a"}},
    "Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "Name"}}},
                  "Topic": {"Type": "AWS::SNS::Topic"}},
    "Outputs": {"Url": {"Value": {"Ref": "Queue"}, "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-url"}}}}}
YAML = """# ein Kommentar bleibt
Resources:
  Topic: {Type: 'AWS::SNS::Topic'}
"""


@part
def cloudformation(of):
    client = of("cloudformation")
    for number in range(2):
        client.create_stack(
            StackName=f"stack-{number}", TemplateBody=json.dumps(TEMPLATE, indent=1), Tags=tags(),
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": "Password", "ParameterValue": "moto does not mask it"},
                        {"ParameterKey": "Name", "ParameterValue": f"made-by-stack-{number}"}])
        client.create_stack_set(StackSetName=f"set-{number}", TemplateBody=YAML, Description="d", Tags=tags())
    client.create_stack(StackName="in-yaml", TemplateBody=YAML)
    client.set_stack_policy(StackName="stack-0", StackPolicyBody=json.dumps({"Statement": [
        {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]}))


@part
def budgets(of):
    client = of("budgets")
    for number in range(2):
        client.create_budget(AccountId="123456789012", Budget={
            "BudgetName": f"Monat {number}", "BudgetLimit": {"Amount": "100", "Unit": "USD"}, "TimeUnit": "MONTHLY",
            "BudgetType": "COST"},
            NotificationsWithSubscribers=[{
                "Notification": {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80.0,
                "ThresholdType": "PERCENTAGE"},
                "Subscribers": [{"SubscriptionType": "EMAIL", "Address": "someone@example.org"}]}])
