using JadaStore.Collectors.Tests.Aws.Judge;

namespace JadaStore.Collectors.Tests.Estate;

/// <summary>Tests that need the AWS CLI and moto; left out where they are not, but in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JudgeTheoryAttribute : TheoryAttribute
{
    public JudgeTheoryAttribute() => Skip = new JudgeFactAttribute().Skip;
}
