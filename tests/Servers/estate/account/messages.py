"""Messages: SQS and SNS."""
import json

from .parts import part, tags


@part
def sqs(of):
    client = of("sqs")
    client.create_queue(QueueName="dead-letters")
    redrive = json.dumps({"deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:dead-letters",
        "maxReceiveCount": 3})
    attributes = {"orders": {"VisibilityTimeout": "60", "RedrivePolicy": redrive}, "orders.fifo": {"FifoQueue": "true"}}
    for name, given in attributes.items():
        queue = client.create_queue(QueueName=name, tags={"a b": "c/d", "ä": "Größe"}, Attributes=given)["QueueUrl"]
        client.send_message(QueueUrl=queue, MessageBody="SECRET-MARK-message", **(
            {"MessageGroupId": "g", "MessageDeduplicationId": "d"} if name.endswith(".fifo") else {}))
    for number in range(3):
        of("sqs", "eu-west-1").create_queue(QueueName=f"queue-{number:02}")


@part
def sns(of):
    client = of("sns")
    for number in range(101):
        client.create_topic(Name=f"topic-{number:03}")
    topic = client.create_topic(Name="bounces", Tags=tags(), Attributes={"DisplayName": "Größe"})["TopicArn"]
    client.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:123456789012:orders", Attributes={
        "RawMessageDelivery": "true", "FilterPolicy": '{"a": ["b"]}'})
    client.subscribe(TopicArn=topic, Protocol="email", Endpoint="someone@example.org")
    client.create_platform_application(Name="app", Platform="GCM", Attributes={
        "PlatformCredential": "SECRET-MARK-platform-credential", "PlatformPrincipal": "SECRET-MARK-platform-principal"})
    client.create_platform_application(Name="other", Platform="APNS", Attributes={
        "PlatformCredential": "SECRET-MARK-platform-credential", "PlatformPrincipal": "SECRET-MARK-platform-principal"})
