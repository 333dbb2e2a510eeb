"""Mail: SES, by its first and its second API."""
import json

from .parts import part, tags


@part
def ses(of):
    client = of("ses")
    of("s3").create_bucket(Bucket="mail")
    for name in ("sailjada.com", "example.org"):
        client.verify_domain_identity(Domain=name)
        client.verify_domain_dkim(Domain=name)
    client.verify_email_identity(EmailAddress="größe+a@example.org")
    client.verify_email_identity(EmailAddress="plain@example.org")
    client.set_identity_mail_from_domain(Identity="sailjada.com", MailFromDomain="mail.sailjada.com",
                                         BehaviorOnMXFailure="UseDefaultValue")
    client.set_identity_notification_topic(Identity="sailjada.com", NotificationType="Bounce",
                                           SnsTopic="arn:aws:sns:us-east-1:123456789012:bounces")
    for number in range(2):
        client.create_template(Template={
            "TemplateName": f"welcome-{number}", "SubjectPart": "Hallo {{name}}", "TextPart": "Größe\r\nzweite",
            "HtmlPart": "<p>Grüße &amp; mehr</p>"})
        client.create_configuration_set(ConfigurationSet={"Name": f"set-{number}"})
        client.create_configuration_set_event_destination(
            ConfigurationSetName=f"set-{number}", EventDestination={
                "Name": f"events-{number}", "Enabled": True, "MatchingEventTypes": ["send", "bounce"],
                "SNSDestination": {"TopicARN": "arn:aws:sns:us-east-1:123456789012:bounces"}})
        client.create_receipt_rule_set(RuleSetName=f"rules-{number}")
        for rule in ("first", "second"):
            client.create_receipt_rule(RuleSetName=f"rules-{number}", Rule={
                "Name": rule, "Enabled": True, "TlsPolicy": "Optional", "Recipients": ["sailjada.com"],
                "ScanEnabled": True,
                "Actions": [{"S3Action": {"BucketName": "mail", "ObjectKeyPrefix": "in/"}},
                {"StopAction": {"Scope": "RuleSet"}}]})
    client.set_active_receipt_rule_set(RuleSetName="rules-1")


@part
def sesv2(of):
    client = of("sesv2", "eu-west-1")
    for name in ("sailjada.com", "a@example.org"):
        client.create_email_identity(EmailIdentity=name, Tags=tags())
        client.create_email_identity_policy(EmailIdentity=name, PolicyName="p",
            Policy=json.dumps({"Version": "2012-10-17"}))
    for number in range(2):
        client.create_configuration_set(
            ConfigurationSetName=f"set-{number}", SendingOptions={"SendingEnabled": True}, Tags=tags(),
            SuppressionOptions={"SuppressedReasons": ["COMPLAINT", "BOUNCE"]})
        client.create_dedicated_ip_pool(PoolName=f"pool-{number}", ScalingMode="STANDARD")
    client.create_contact_list(ContactListName="news", Description="d", Topics=[{
        "TopicName": "t", "DisplayName": "T", "DefaultSubscriptionStatus": "OPT_IN"}])
    client.create_contact(ContactListName="news", EmailAddress="SECRET-MARK-contact@example.org")
