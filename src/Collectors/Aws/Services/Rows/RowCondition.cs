using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>
/// What must hold of an item: <c>Member</c> is there, <c>!Member</c> is not, <c>Member=text</c>, <c>Member!=text</c>.
/// </summary>
/// <remarks>A member that is missing is not equal to any text.</remarks>
internal sealed class RowCondition
{
    private readonly RowVariable _member;
    private readonly RowText? _text;
    private readonly bool _isNot;

    private RowCondition(RowVariable member, RowText? text, bool isNot)
    {
        _member = member;
        _text = text;
        _isNot = isNot;
    }

    /// <summary>Reads it.</summary>
    public static RowCondition Parse(string condition)
    {
        int equals = condition.IndexOf('=', StringComparison.Ordinal);
        string member = equals < 0 ? condition : condition[..equals];
        RowText? text = equals < 0 ? null : RowText.Parse(condition[(equals + 1)..]);
        return new RowCondition(RowVariable.Of(member.Trim('!'), ""), text, member != member.Trim('!'));
    }

    /// <summary>Whether it holds.</summary>
    /// <exception cref="InvalidDataException">The text names a member that the item lacks.</exception>
    public bool Holds(ItemScope scope)
    {
        JsonNode? value = _member.Value(scope);
        bool holds = _text is null ? JsonText.IsThere(value) : JsonText.Of(value) == _text.Plain(scope);
        return holds != _isNot;
    }
}
