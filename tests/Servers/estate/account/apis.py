"""API Gateway, REST and HTTP."""
from .parts import part

TAGS = {"Team": "Größe", "a b": "c/d"}


@part
def rest(of):
    client = of("apigateway")
    for number, name in enumerate(["booking", "booking", "with / and ä"]):
        api = client.create_rest_api(
            name=name, description=f"Nr. {number}", tags=TAGS, binaryMediaTypes=["image/png", "application/pdf"],
            endpointConfiguration={"types": ["REGIONAL"]})["id"]
        root = client.get_resources(restApiId=api)["items"][0]["id"]
        users = client.create_resource(restApiId=api, parentId=root, pathPart="users")["id"]
        client.create_resource(restApiId=api, parentId=users, pathPart="{id}")
        client.put_method(restApiId=api, resourceId=users, httpMethod="GET", authorizationType="NONE",
            apiKeyRequired=True,
                          requestParameters={"method.request.querystring.a": True})
        client.put_method_response(restApiId=api, resourceId=users, httpMethod="GET", statusCode="200")
        client.put_integration(restApiId=api, resourceId=users, httpMethod="GET", type="HTTP",
            integrationHttpMethod="GET",
                               uri="https://example.com/users", requestTemplates={"application/json": '{"a": 1}'})
        client.put_integration_response(restApiId=api, resourceId=users, httpMethod="GET", statusCode="200",
                                        responseTemplates={"application/json": "$input.json('$')"})
        deployment = client.create_deployment(restApiId=api, description="first")["id"]
        for stage in ("v1", "test_2"):
            client.create_stage(restApiId=api, stageName=stage, deploymentId=deployment, description="d",
                                variables={"a": "b"}, tags=TAGS)
        for authorizer in ("one", "two"):
            client.create_authorizer(
                restApiId=api, name=authorizer, type="COGNITO_USER_POOLS",
                identitySource="method.request.header.Authorization",
                providerARNs=["arn:aws:cognito-idp:us-east-1:123456789012:userpool/b",
                "arn:aws:cognito-idp:us-east-1:123456789012:userpool/a"])
            client.create_model(restApiId=api, name=f"Model{authorizer}", contentType="application/json",
                description="d",
                                schema='{"type": "object"}')
            client.create_request_validator(restApiId=api, name=f"validator {authorizer}", validateRequestBody=True)
        for kind in ("DEFAULT_4XX", "UNAUTHORIZED"):
            client.put_gateway_response(restApiId=api, responseType=kind, statusCode="418",
                                        responseTemplates={"application/json": '{"a": 1}'})
        plan = client.create_usage_plan(
            name=f"plan {number}", apiStages=[{"apiId": api, "stage": "v1"}], quota={"limit": 10, "period": "DAY"},
            throttle={"burstLimit": 2, "rateLimit": 1.5}, tags=TAGS)["id"]
        key = client.create_api_key(name=f"key {number}", value=f"SECRET-MARK-api-key-value-{number}", enabled=True,
                                    description="d", tags=TAGS)["id"]
        client.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")
        client.create_domain_name(domainName=f"api{number}.sailjada.com", certificateName="c", tags=TAGS,
                                  endpointConfiguration={"types": ["EDGE"]})
        client.create_base_path_mapping(domainName=f"api{number}.sailjada.com", basePath="v1", restApiId=api,
            stage="v1")
        client.create_base_path_mapping(domainName=f"api{number}.sailjada.com", restApiId=api, stage="v1")
        client.create_vpc_link(name=f"link {number}",
            targetArns=["arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/a"])


@part
def http(of):
    client = of("apigatewayv2")
    for number, kind in enumerate(["HTTP", "HTTP", "WEBSOCKET"]):
        api = client.create_api(
            Name=f"api {number // 2}", ProtocolType=kind, Description="Größe", Tags=TAGS,
            **({"RouteSelectionExpression": "$request.body.action"} if kind == "WEBSOCKET" else {
                "CorsConfiguration": {"AllowOrigins": ["*"], "AllowMethods": ["GET"]}}))["ApiId"]
        for each in range(2):
            integration = client.create_integration(
                ApiId=api, IntegrationType="HTTP_PROXY" if kind == "HTTP" else "HTTP", IntegrationMethod="GET",
                IntegrationUri=f"https://example.com/{each}", PayloadFormatVersion="1.0")["IntegrationId"]
            route = client.create_route(
                ApiId=api, RouteKey=f"GET /users/{each}/{{id}}" if kind == "HTTP" else f"action{each}",
                Target=f"integrations/{integration}",
                **({"RouteResponseSelectionExpression": "$default"} if kind == "WEBSOCKET" else {}))["RouteId"]
            if kind == "WEBSOCKET":
                client.create_integration_response(ApiId=api, IntegrationId=integration, IntegrationResponseKey="/200/")
                client.create_route_response(ApiId=api, RouteId=route, RouteResponseKey="$default")
            client.create_authorizer(
                ApiId=api, Name=f"authorizer {each}", AuthorizerType="JWT",
                IdentitySource=["$request.header.Authorization"],
                JwtConfiguration={"Audience": ["b", "a"], "Issuer": "https://example.com"})
            client.create_model(ApiId=api, Name=f"Model{each}", ContentType="application/json",
                Schema='{"type": "object"}')
            client.create_stage(ApiId=api, StageName=f"stage{each}", StageVariables={"a": "b"}, Tags=TAGS)
        client.create_domain_name(DomainName=f"http{number}.sailjada.com", Tags=TAGS, DomainNameConfigurations=[{
            "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1", "EndpointType": "REGIONAL"}])
        client.create_api_mapping(ApiId=api, DomainName=f"http{number}.sailjada.com", Stage="stage0",
            ApiMappingKey="v1/a")
        client.create_vpc_link(Name=f"link {number}", SubnetIds=["subnet-b", "subnet-a"], SecurityGroupIds=["sg-1"],
            Tags=TAGS)
