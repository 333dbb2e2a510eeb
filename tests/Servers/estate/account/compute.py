"""What runs: Lambda, Step Functions, EventBridge and its scheduler, DynamoDB."""
import io
import json
import zipfile

from .parts import part, tags

ROLE = "arn:aws:iam::123456789012:role/service/runs-functions"


def zipped(text, name="index.js"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(zipfile.ZipInfo(name), text)
        made.writestr(zipfile.ZipInfo("lib/größe.js"), "exports.size = 1;\n")
    return file.getvalue()


@part
def roles(of):
    """What Lambda and others check for; the rest of IAM is in identity.py."""
    of("iam").create_role(RoleName="runs-functions", Path="/service/", Description="runs – functions", Tags=tags(),
                          AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{
                              "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"},
                              "Action": "sts:AssumeRole"}]}))


@part
def functions(of):
    client = of("lambda")
    layer = client.publish_layer_version(
        LayerName="shared", Description="l", Content={"ZipFile": zipped("exports.a = 1;\n", "nodejs/a.js")},
        CompatibleRuntimes=["nodejs20.x"])["LayerVersionArn"]
    client.publish_layer_version(LayerName="shared", Content={"ZipFile": zipped("exports.a = 2;\n", "nodejs/a.js")})
    for number in range(10):
        client.create_function(
            FunctionName=f"function-{number:02}", Runtime="nodejs20.x", Role=ROLE, Handler="index.handler",
            Code={"ZipFile": zipped(f"exports.handler = async () => {number};\n")})
    client.create_function(
        FunctionName="booking-webhook", Runtime="python3.12", Role=ROLE, Handler="a.b", Description="Buchung – Größe",
        Timeout=3, MemorySize=256, Code={"ZipFile": zipped("print(1)\n", "a.py")}, Tags={"Team": "ä", "a b": "c/d"},
        Layers=[layer] if layer else [],
        Environment={"Variables": {"TOKEN": "KEPT-MARK-environment",
        "SECRET_ARN": "arn:aws:secretsmanager:eu:1:secret:x"}})
    client.publish_version(FunctionName="booking-webhook", Description="first")
    client.create_alias(FunctionName="booking-webhook", Name="live", FunctionVersion="1", Description="what answers")
    client.add_permission(FunctionName="booking-webhook", StatementId="s1", Action="lambda:InvokeFunction",
                          Principal="apigateway.amazonaws.com")
    client.create_function_url_config(FunctionName="booking-webhook", AuthType="NONE", Cors={"AllowOrigins": ["*"]})
    client.put_function_concurrency(FunctionName="booking-webhook", ReservedConcurrentExecutions=5)
    client.put_function_event_invoke_config(FunctionName="booking-webhook", MaximumRetryAttempts=1)
    of("sqs").create_queue(QueueName="feeds-a-function")
    client.create_event_source_mapping(
        FunctionName="booking-webhook", EventSourceArn="arn:aws:sqs:us-east-1:123456789012:feeds-a-function")
    of("lambda", "eu-west-1").create_function(
        FunctionName="booking-webhook", Runtime="python3.12", Role=ROLE, Handler="a.b",
        Code={"ZipFile": zipped("print(2)\n", "a.py")})


@part
def dynamodb(of):
    client = of("dynamodb")
    for name in ("bookings", "table.with-all_signs"):
        client.create_table(
            TableName=name, BillingMode="PROVISIONED", ProvisionedThroughput={"ReadCapacityUnits": 5,
            "WriteCapacityUnits": 5},
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in ("id", "at", "by")],
            GlobalSecondaryIndexes=[{
                "IndexName": "by-whom", "KeySchema": [{"AttributeName": "by", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
                "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}, Tags=tags())
        for number in range(3):
            client.put_item(TableName=name, Item={
                "id": {"S": f"SECRET-MARK-item-{number}"}, "at": {"S": "1"}, "by": {"S": "SECRET-MARK-item-by"}})
    client.update_time_to_live(TableName="bookings", TimeToLiveSpecification={"Enabled": True,
        "AttributeName": "expires"})
    client.update_continuous_backups(
        TableName="bookings", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
    scaling = of("application-autoscaling")
    target = {"ServiceNamespace": "dynamodb", "ResourceId": "table/bookings",
              "ScalableDimension": "dynamodb:table:ReadCapacityUnits"}
    scaling.register_scalable_target(**target, MinCapacity=5, MaxCapacity=50)
    scaling.put_scaling_policy(**target, PolicyName="half", PolicyType="TargetTrackingScaling",
                               TargetTrackingScalingPolicyConfiguration={"TargetValue": 50.0})


@part
def stepfunctions(of):
    client = of("stepfunctions")
    definition = json.dumps({"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 1, "End": True}}})
    for name in ("books-a-boat", "pays_back"):
        machine = client.create_state_machine(
            name=name, definition=definition, roleArn=ROLE, tags=tags("key", "value"))["stateMachineArn"]
        client.start_execution(stateMachineArn=machine, name="once", input='{"a": "SECRET-MARK-execution"}')
        client.create_activity(name=f"activity-of-{name}", tags=tags("key", "value"))


@part
def events(of):
    client = of("events")
    for bus in ("orders", "a.b_c-D"):
        client.create_event_bus(Name=bus, Tags=tags())
    for bus in ("default", "orders"):
        for number in range(2):
            name = f"rule-{number}"
            client.put_rule(Name=name, EventBusName=bus, EventPattern='{"source": ["aws.ec2"]}', Description="Größe",
                            State="ENABLED", Tags=tags())
            client.put_targets(Rule=name, EventBusName=bus, Targets=[
                {"Id": "z", "Arn": "arn:aws:sqs:us-east-1:123456789012:feeds-a-function",
                "Input": '{"a": "KEPT-MARK-input"}'},
                {"Id": "a", "Arn": "arn:aws:lambda:us-east-1:123456789012:function:booking-webhook"}])
    client.put_rule(Name="each-hour", ScheduleExpression="rate(1 hour)")
    for number in range(2):
        client.create_archive(ArchiveName=f"archive-{number}", RetentionDays=7,
                              EventSourceArn="arn:aws:events:us-east-1:123456789012:event-bus/default")
    client.put_events(Entries=[{"Source": "me", "DetailType": "t", "Detail": '{"a": "SECRET-MARK-event"}'}])
    secrets = {"basic": {"BasicAuthParameters": {"Username": "u", "Password": "SECRET-MARK-basic"}},
               "key": {"ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": "SECRET-MARK-api-key"},
                       "InvocationHttpParameters": {"HeaderParameters": [
                           {"Key": "X-Other", "Value": "SECRET-MARK-header", "IsValueSecret": True},
                           {"Key": "X-Plain", "Value": "SECRET-MARK-unmarked-header", "IsValueSecret": False}]}}}
    for name, how in secrets.items():
        arn = client.create_connection(
            Name=name, AuthorizationType="BASIC" if name == "basic" else "API_KEY", AuthParameters=how)["ConnectionArn"]
        client.create_api_destination(Name=f"to-{name}", ConnectionArn=arn, HttpMethod="POST",
                                      InvocationEndpoint="https://example.com/hook", Description="d")


@part
def scheduler(of):
    client = of("scheduler")
    client.create_schedule_group(Name="nightly", Tags=tags())
    for group in ("default", "nightly"):
        for number in range(2):
            client.create_schedule(
                Name=f"schedule-{number}", GroupName=group, ScheduleExpression="rate(1 day)",
                FlexibleTimeWindow={"Mode": "OFF"},
                Target={"Arn": "arn:aws:lambda:us-east-1:123456789012:function:booking-webhook", "RoleArn": ROLE,
                        "Input": '{"a": 1}'})
