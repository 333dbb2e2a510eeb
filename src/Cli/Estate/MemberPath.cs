using System.Text;

namespace JadaStore.Cli.Estate;

/// <summary>Where in a JSON document something stands: <c>Origins.Items[Id=site].DomainName</c>.</summary>
/// <param name="Steps">From the top; empty for the whole document.</param>
internal sealed record MemberPath(IReadOnlyList<MemberStep> Steps)
{
    /// <summary>The document itself.</summary>
    public static readonly MemberPath Document = new([]);

    /// <summary>The name of the topmost member; empty for the document itself.</summary>
    public string First => Steps.Count == 0 ? "" : Steps[0].Name;

    /// <summary>The path of a member.</summary>
    public MemberPath Member(string name) => new([.. Steps, new MemberStep(name, null)]);

    /// <summary>The path of the element of a list that is known by a member's value.</summary>
    public MemberPath Element(string key, string value) => new([.. Steps, new MemberStep(key, value)]);

    /// <summary>The path of an element that nothing tells from the others: <c>Rules[]</c>.</summary>
    public MemberPath Element() => Element("", "");

    /// <summary>To the letter, for programs. A name that would mislead stands in quotes, as JSON has them.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (MemberStep step in Steps)
        {
            if (step.Element is { } value)
            {
                text.Append('[').Append(step.Name);
                text.Append(step.Name.Length > 0 ? "=" + Quoted(value) : "").Append(']');
            }
            else if (IsPlain(step.Name))
            {
                text.Append(text.Length > 0 ? "." : "").Append(step.Name);
            }
            else
            {
                text.Append('[').Append(Output.JsonOutput.Text(step.Name)).Append(']');
            }
        }

        return text.Length == 0 ? "(document)" : text.ToString();
    }

    /// <summary>
    /// For people: without what says nothing to them, the <c>Items</c> that hold a list's elements, by what an element
    /// is known, and that a value is a value.
    /// </summary>
    public string Short()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Steps.Count; i++)
        {
            MemberStep step = Steps[i];
            bool isLast = i == Steps.Count - 1;
            bool behindElement = i > 0 && Steps[i - 1].IsElement;
            if (step.Element is { } value)
            {
                text.Append('[').Append(value).Append(']');
                continue;
            }

            bool holdsList = step.Name == "Items" && i > 0 && !behindElement && (isLast || Steps[i + 1].IsElement);
            bool isValue = step.Name is "Value" or "value" && isLast && behindElement;
            if (!holdsList && !isValue)
            {
                text.Append(text.Length > 0 ? "." : "").Append(step.Name);
            }
        }

        return text.Length == 0 ? "(document)" : text.ToString();
    }

    private static bool IsPlain(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '@' or ':' or '/');

    private static string Quoted(string value) =>
        value.Length > 0 && value.All(c => c is > ' ' and not ('"' or ']' or '[' or '\\') && !char.IsControl(c))
            ? value : Output.JsonOutput.Text(value);
}
