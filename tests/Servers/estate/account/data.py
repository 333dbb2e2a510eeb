"""Data and what guards it: RDS, ECR, Backup, KMS, Secrets Manager, SSM, S3 Control."""
import json

from .parts import part, tags

POLICY = json.dumps({"Version": "2012-10-17", "Statement": [{
    "Sid": "A", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "*",
    "Resource": "*"}]})


@part
def rds(of):
    client = of("rds")
    client.create_db_parameter_group(DBParameterGroupName="own", DBParameterGroupFamily="postgres16", Description="d",
        Tags=tags())
    client.modify_db_parameter_group(DBParameterGroupName="own", Parameters=[
        {"ParameterName": "log_statement", "ParameterValue": "all", "ApplyMethod": "immediate"}])
    client.create_db_cluster_parameter_group(
        DBClusterParameterGroupName="own-cluster", DBParameterGroupFamily="aurora-postgresql16", Description="d")
    client.create_option_group(OptionGroupName="options", EngineName="mysql", MajorEngineVersion="8.0",
        OptionGroupDescription="d")
    for number in range(2):
        client.create_db_instance(
            DBInstanceIdentifier=f"database-{number}", DBInstanceClass="db.t3.micro", Engine="postgres",
            AllocatedStorage=20,
            MasterUsername="admin", MasterUserPassword="SECRET-MARK-database", DBParameterGroupName="own", Tags=tags())
        client.create_db_snapshot(DBInstanceIdentifier=f"database-{number}", DBSnapshotIdentifier=f"by-hand-{number}")
        client.create_db_cluster(
            DBClusterIdentifier=f"cluster-{number}", Engine="aurora-postgresql", MasterUsername="admin",
            MasterUserPassword="SECRET-MARK-cluster", Tags=tags())
        client.create_db_cluster_snapshot(DBClusterIdentifier=f"cluster-{number}",
            DBClusterSnapshotIdentifier=f"cluster-by-hand-{number}")
        client.create_event_subscription(
            SubscriptionName=f"events-{number}", SnsTopicArn="arn:aws:sns:us-east-1:123456789012:bounces",
            SourceType="db-instance",
            EventCategories=["failure", "deletion"], SourceIds=["database-0"])
    client.create_global_cluster(GlobalClusterIdentifier="everywhere", Engine="aurora-postgresql")


@part
def ecr(of):
    client = of("ecr")
    for name in ("tools", "tools/inner", "team-a/app"):
        client.create_repository(repositoryName=name, tags=tags(), imageScanningConfiguration={"scanOnPush": True})
    client.set_repository_policy(repositoryName="tools/inner", policyText=POLICY)
    client.put_lifecycle_policy(repositoryName="tools/inner", lifecyclePolicyText=json.dumps({"rules": [{
        "rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 3},
        "action": {"type": "expire"}}]}))
    client.put_registry_policy(policyText=json.dumps({"Version": "2012-10-17", "Statement": [{
        "Sid": "A", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
        "Action": ["ecr:CreateRepository"],
        "Resource": "arn:aws:ecr:us-east-1:123456789012:repository/*"}]}))


@part
def backup(of):
    client = of("backup")
    for number in range(2):
        client.create_backup_vault(BackupVaultName=f"vault-{number}", BackupVaultTags={"a b": "c/d"})
        client.create_backup_plan(BackupPlanTags={"a b": "c/d"}, BackupPlan={"BackupPlanName": f"plan {number}",
            "Rules": [
            {"RuleName": "daily", "TargetBackupVaultName": f"vault-{number}", "ScheduleExpression": "cron(0 5 * * ? *)",
             "Lifecycle": {"DeleteAfterDays": 30}}]})


@part
def kms(of):
    client = of("kms")
    for number in range(2):
        key = client.create_key(Description=f"Schlüssel {number}",
            Tags=tags("TagKey", "TagValue"))["KeyMetadata"]["KeyId"]
        client.create_alias(AliasName=f"alias/team/key-{number}", TargetKeyId=key)
        client.enable_key_rotation(KeyId=key)
    client.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")


@part
def secrets(of):
    client = of("secretsmanager")
    for number, name in enumerate(["prod/db/password", "prod/db", "with+signs=@.-_", "plain"]):
        secret = client.create_secret(Name=name, Description="Größe", SecretString=f"SECRET-MARK-value-{number}",
            Tags=tags())["ARN"]
        if number == 0:
            client.put_resource_policy(SecretId=secret, ResourcePolicy=POLICY)
            client.put_secret_value(SecretId=secret, SecretString="SECRET-MARK-second-value")
    client.create_secret(Name="to-be-deleted", SecretBinary=b"SECRET-MARK-binary")
    client.delete_secret(SecretId="to-be-deleted", RecoveryWindowInDays=7)
    for number in range(103):
        client.create_secret(Name=f"many/{number:03}", SecretString="SECRET-MARK-many")


@part
def ssm(of):
    client = of("ssm")
    for number in range(52):
        client.put_parameter(Name=f"/many/{number:02}/größe"[:14], Value="SECRET-MARK-string", Type="String")
    for name, kind in (("/prod/db/url", "String"), ("/prod/db", "SecureString"), ("top", "StringList")):
        client.put_parameter(Name=name, Value=f"SECRET-MARK-{kind}", Type=kind, Description="Größe", Tags=tags())
    for number in range(2):
        client.create_document(
            Name=f"document-{number}", DocumentType="Command", DocumentFormat="YAML" if number else "JSON", Tags=tags(),
            Content="schemaVersion: '2.2'\ndescription: Größe\nmainSteps: []\n" if number else json.dumps(
                {"schemaVersion": "2.2", "description": "Größe", "mainSteps": []}, indent=2))
        window = client.create_maintenance_window(
            Name=f"window {number}", Schedule="cron(0 2 ? * SUN *)", Duration=3, Cutoff=1,
            AllowUnassociatedTargets=False,
            Tags=tags())["WindowId"]
        client.register_target_with_maintenance_window(
            WindowId=window, ResourceType="INSTANCE", Targets=[{"Key": "tag:a", "Values": ["b"]}])
        client.register_task_with_maintenance_window(
            WindowId=window, TaskArn="AWS-RunShellScript", TaskType="RUN_COMMAND",
            Targets=[{"Key": "InstanceIds", "Values": ["i-1"]}])
        client.create_patch_baseline(Name=f"baseline {number}", OperatingSystem="UBUNTU", ApprovedPatches=["b", "a"])


@part
def s3control(of):
    bucket = of("s3")
    client = of("s3control")
    block = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True,
        "RestrictPublicBuckets": False}
    client.put_public_access_block(AccountId="123456789012", PublicAccessBlockConfiguration=block)
    for number in range(2):
        bucket.create_bucket(Bucket=f"data-of-{number}")
        bucket.put_object(Bucket=f"data-of-{number}", Key="a", Body=b"SECRET-MARK-object")
        client.create_access_point(AccountId="123456789012", Name=f"point-{number}", Bucket=f"data-of-{number}")
        client.put_access_point_policy(AccountId="123456789012", Name=f"point-{number}", Policy=POLICY)
        client.put_storage_lens_configuration(
            AccountId="123456789012", ConfigId=f"lens-{number}", StorageLensConfiguration={
                "Id": f"lens-{number}", "IsEnabled": True, "AccountLevel": {"BucketLevel": {}}})
