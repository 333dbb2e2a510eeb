using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Aws.Access;

public class AwsSettingsTests
{
    /// <summary>The names of "Service-specific endpoints", AWS SDKs and Tools reference guide.</summary>
    [Theory]
    [InlineData("S3", "AWS_ENDPOINT_URL_S3")]
    [InlineData("Route 53", "AWS_ENDPOINT_URL_ROUTE_53")]
    [InlineData("API Gateway", "AWS_ENDPOINT_URL_API_GATEWAY")]
    [InlineData("ApiGatewayV2", "AWS_ENDPOINT_URL_APIGATEWAYV2")]
    [InlineData("DynamoDB", "AWS_ENDPOINT_URL_DYNAMODB")]
    [InlineData("Cognito Identity Provider", "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER")]
    [InlineData("SESv2", "AWS_ENDPOINT_URL_SESV2")]
    public void A_services_endpoint_stands_in_the_variable_that_the_SDKs_read(string id, string variable) =>
        Assert.Equal(variable, AwsSettings.VariableOf(new AwsService("any", "any", "any", id)));
}
