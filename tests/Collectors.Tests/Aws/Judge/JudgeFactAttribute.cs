namespace JadaStore.Collectors.Tests.Aws.Judge;

/// <summary>A test that needs the AWS CLI and moto; left out where they are not, but in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JudgeFactAttribute : FactAttribute
{
    public JudgeFactAttribute() =>
        Skip = AwsJudge.IsHere || Environment.GetEnvironmentVariable("CI") is "true"
            ? null
            : "Python's awscli and moto are not here.";
}
