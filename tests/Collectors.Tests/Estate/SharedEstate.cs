namespace JadaStore.Collectors.Tests.Estate;

/// <summary>Tests that share one account and its snapshots.</summary>
[CollectionDefinition(Name)]
public sealed class SharedEstate : ICollectionFixture<CapturedEstate>
{
    public const string Name = "aws estate";
}
