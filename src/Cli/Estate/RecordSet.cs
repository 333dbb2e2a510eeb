using System.Text.Json;

namespace JadaStore.Cli.Estate;

/// <summary>A record set of a zone, which a person calls by its type and its name in the zone.</summary>
/// <param name="Type"><c>A</c>; <c>A.blue</c> where several share a name.</param>
/// <param name="Name">Without the zone's own; <c>@</c> for the zone itself.</param>
internal sealed record RecordSet(string Type, string Name)
{
    private const string Values = "ResourceRecords", Alias = "AliasTarget";

    /// <summary>The record set that a path is; null for all else.</summary>
    public static RecordSet? Of(ResourcePath path)
    {
        bool isRecord = path is { Service: "route53", Kind: "zones" }
            && path.Rest.StartsWith("records/", StringComparison.Ordinal);
        if (!isRecord || path.Rest.Split('/') is not [_, var name, var file] || file.Length == 0)
        {
            return null;
        }

        // Zones of one name are told apart by their id: `sailjada.com~Z123`.
        string zone = path.Name.Split('~')[0];
        string inZone = name == zone ? "@"
            : name.EndsWith("." + zone, StringComparison.Ordinal) ? name[..^(zone.Length + 1)]
            : name;
        return new RecordSet(file.EndsWith(".json", StringComparison.Ordinal) ? file[..^5] : file, inZone);
    }

    /// <summary>What it answers: each value, or the name that it is an alias of.</summary>
    public static IReadOnlyList<string> AnswersOf(JsonElement? document)
    {
        if (document is not { ValueKind: JsonValueKind.Object } set)
        {
            return [];
        }

        if (set.TryGetProperty(Alias, out JsonElement alias) && Text(alias, "DNSName") is { } target)
        {
            return [target.TrimEnd('.')];
        }

        return set.TryGetProperty(Values, out JsonElement values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Select(value => Text(value, "Value")).OfType<string>()]
            : [];
    }

    /// <summary>What changed of it: the answers that differ, then the other members.</summary>
    public static IReadOnlyList<string> Parts(DocumentDifference difference)
    {
        IReadOnlyList<string> old = AnswersOf(difference.Old), made = AnswersOf(difference.New);
        string gone = MemberText.Cut(string.Join(", ", old.Except(made)));
        string come = MemberText.Cut(string.Join(", ", made.Except(old)));
        var parts = new List<string>();
        if (gone.Length + come.Length > 0)
        {
            parts.Add(gone.Length == 0 ? $"+{come}" : come.Length == 0 ? $"-{gone}" : $"{gone} → {come}");
        }

        // The answers say these, the hosted zone of an alias' target follows from its name.
        bool IsSaid(MemberChange change) => parts.Count > 0 && change.Path.Steps is
            [{ Name: Values }, ..] or [{ Name: Alias }] or [{ Name: Alias }, { Name: "DNSName" or "HostedZoneId" }];
        parts.AddRange(difference.Members.Where(change => !IsSaid(change))
            .Select(change => MemberText.Of(change, change.Path)));
        return parts;
    }

    private static string? Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out JsonElement value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
