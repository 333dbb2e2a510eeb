namespace JadaStore.Collectors.Tests.Aws.Judge;

/// <summary>As <see cref="JudgeFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JudgeTheoryAttribute : TheoryAttribute
{
    public JudgeTheoryAttribute() => Skip = new JudgeFactAttribute().Skip;
}
