"""Who may what: IAM, Cognito."""
import json

from .parts import part, tags


def policy(*actions):
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Sid": "A", "Effect": "Allow", "Action": list(actions), "Resource": "*"}]})


TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})


@part
def iam(of):
    client = of("iam")
    arns = [client.create_policy(
        PolicyName=f"policy-{number}", Path="/a/b/", Description="Größe – plus", PolicyDocument=policy("s3:Get*",
        "s3:List*"),
        Tags=tags())["Policy"]["Arn"] for number in range(2)]
    client.create_policy_version(PolicyArn=arns[0], PolicyDocument=policy("s3:*"), SetAsDefault=True)
    for number in range(2):
        name = f"person+{number}@sailjada.com"
        client.create_user(UserName=name, Path="/people/", Tags=tags())
        client.create_access_key(UserName=name)
        client.create_login_profile(UserName=name, Password="SECRET-MARK-Login-1!")
        client.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy("sqs:*"))
        client.create_group(GroupName=f"group-{number}")
        client.put_group_policy(GroupName=f"group-{number}", PolicyName="own", PolicyDocument=policy("sns:*"))
        client.attach_group_policy(GroupName=f"group-{number}", PolicyArn=arns[1])
        client.add_user_to_group(GroupName=f"group-{number}", UserName=name)
        client.create_virtual_mfa_device(VirtualMFADeviceName=f"device-{number}")
        client.create_instance_profile(InstanceProfileName=f"profile-{number}", Tags=tags())
        client.create_open_id_connect_provider(
            Url=f"https://login{number}.example.com/a", ClientIDList=["b", "a"], ThumbprintList=["a" * 40])
        client.create_saml_provider(Name=f"saml-{number}", SAMLMetadataDocument="<x>" + "a" * 1100 + "</x>")
        client.upload_server_certificate(ServerCertificateName=f"server-{number}", CertificateBody="-----BEGIN-----",
                                         PrivateKey="SECRET-MARK-server-key")
    for number in range(101):
        client.create_role(RoleName=f"role-{number:03}", Path="/many/", AssumeRolePolicyDocument=TRUST,
            MaxSessionDuration=7200)
    client.put_role_policy(RoleName="role-000", PolicyName="own", PolicyDocument=policy("s3:*"))
    client.attach_role_policy(RoleName="role-000", PolicyArn=arns[0])
    client.add_role_to_instance_profile(InstanceProfileName="profile-0", RoleName="role-000")
    client.create_account_alias(AccountAlias="sailjada")
    client.update_account_password_policy(MinimumPasswordLength=20, RequireSymbols=True)


@part
def user_pools(of):
    client = of("cognito-idp")
    for number, name in enumerate(["customers", "customers", "Größe & mehr"]):
        pool = client.create_user_pool(
            PoolName=name, UsernameAttributes=["phone_number", "email"], AutoVerifiedAttributes=["email"],
            UserPoolTags={"a b": "c/d"},
            EmailVerificationMessage="Dein Code: {####}", Schema=[{"Name": "boat", "AttributeDataType": "String",
            "Mutable": True}],
            )["UserPool"]["Id"]
        for each in range(2):
            client.create_user_pool_client(
                UserPoolId=pool, ClientName="web", GenerateSecret=True, CallbackURLs=["https://b.example.com",
                "https://a.example.com"],
                ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
            client.create_group(UserPoolId=pool, GroupName=f"group-{each}", Description="d", Precedence=each)
            client.create_resource_server(UserPoolId=pool, Identifier=f"https://api{each}.sailjada.com/a",
                Name=f"server {each}", Scopes=[
                {"ScopeName": "write", "ScopeDescription": "w"}, {"ScopeName": "read", "ScopeDescription": "r"}])
        client.create_identity_provider(
            UserPoolId=pool, ProviderName="Google", ProviderType="Google", AttributeMapping={"email": "email"},
            ProviderDetails={
                "client_id": "id", "client_secret": "SECRET-MARK-google", "authorize_scopes": "email"})
        client.create_identity_provider(
            UserPoolId=pool, ProviderName="SignInWithApple", ProviderType="SignInWithApple", ProviderDetails={
                "client_id": "id", "team_id": "t", "key_id": "k", "private_key": "SECRET-MARK-apple",
                "authorize_scopes": "email"})
        client.create_user_pool_domain(UserPoolId=pool, Domain=f"sailjada-{number}")
        client.admin_create_user(UserPoolId=pool, Username="SECRET-MARK-user@example.org",
            TemporaryPassword="SECRET-MARK-Pass-1!")


@part
def identity_pools(of):
    client = of("cognito-identity")
    for name in ("app", "app", "admin"):
        client.create_identity_pool(IdentityPoolName=name, AllowUnauthenticatedIdentities=True,
            IdentityPoolTags={"a b": "c/d"},
                                    SupportedLoginProviders={"graph.facebook.com": "7346241598935555"})
