namespace JadaStore.Cli.Estate;

/// <summary>One step down a document: to a member, or to an element of a list.</summary>
/// <param name="Name">The member; of an element, the member that it is known by, empty where it is known by
/// nothing.</param>
/// <param name="Element">What that member holds; null for a step to a member.</param>
internal readonly record struct MemberStep(string Name, string? Element)
{
    /// <summary>Whether it leads into a list.</summary>
    public bool IsElement => Element is not null;
}
