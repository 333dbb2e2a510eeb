using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>A member of an item, of an enclosing one, or something of ours, and what is made of its text.</summary>
internal sealed class RowVariable
{
    private readonly string _name;
    private readonly string _filter;
    private readonly string _kind;
    private readonly MemberPath? _inKind;
    private readonly MemberPath _inItem;

    private RowVariable(string name, string filter)
    {
        _name = name;
        _filter = filter;
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        _kind = dot > 0 ? name[..dot] : name;
        _inKind = dot > 0 ? MemberPath.Parse(name[(dot + 1)..]) : null;
        _inItem = MemberPath.Parse(name == "." ? "" : name);
    }

    /// <summary>Whether something is made of its text.</summary>
    public bool IsFiltered => _filter.Length > 0;

    /// <summary>The variable of a name; an empty filter makes nothing of it.</summary>
    public static RowVariable Of(string name, string filter) => new(name, filter);

    /// <summary>The member; null where there is none.</summary>
    public JsonNode? Value(ItemScope scope)
    {
        if (_name.StartsWith('@'))
        {
            return JsonValue.Create(scope.OfOurs(_name));
        }

        return scope.Enclosing(_kind) is { } of
            ? _inKind is null ? of.Item : _inKind.First(of.Item, scope)
            : _inItem.First(scope.Item, scope);
    }

    /// <summary>Its text, filtered.</summary>
    /// <exception cref="InvalidDataException">The item lacks it.</exception>
    public string Plain(ItemScope scope) => Filtered(scope) is { } text
        ? (_filter == "suffix" ? "." : "") + text
        : IfMissing();

    /// <summary>Its text as it can stand in a path: one name, or with <c>|path</c> several.</summary>
    /// <exception cref="InvalidDataException">The item lacks it.</exception>
    public string Path(ItemScope scope)
    {
        if (Filtered(scope) is not { } text)
        {
            return IfMissing();
        }

        return _filter switch
        {
            "path" => string.Join('/', text.TrimStart('/').Split('/').Select(PathText.Of)),
            "suffix" => "." + PathText.Of(text),
            _ => PathText.Of(text),
        };
    }

    private string? Filtered(ItemScope scope)
    {
        if (JsonText.Of(Value(scope)) is not { Length: > 0 } text)
        {
            return null;
        }

        return _filter switch
        {
            "domain" => (text.Length > 1 ? text.TrimEnd('.') : text).Replace(@"\052", "*", StringComparison.Ordinal),
            "last" => Last(text),
            [>= '0' and <= '9'] => text.Split(':') is { } parts && parts.Length > _filter[0] - '0'
                ? parts[_filter[0] - '0'] : null,
            _ => text,
        };
    }

    /// <summary>Behind the last <c>/</c> or <c>:</c> of a name; the whole where nothing is behind it.</summary>
    public static string Last(string text)
    {
        string last = text[(text.LastIndexOfAny(['/', ':']) + 1)..];
        return last.Length > 0 ? last : text;
    }

    private string IfMissing() => _filter == "suffix"
        ? "" : throw new InvalidDataException($"there is no {_name} in it");
}
