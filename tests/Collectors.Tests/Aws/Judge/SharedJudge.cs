namespace JadaStore.Collectors.Tests.Aws.Judge;

/// <summary>Tests that share the one process.</summary>
[CollectionDefinition(Name)]
public sealed class SharedJudge : ICollectionFixture<AwsJudge>
{
    public const string Name = "aws judge";
}
