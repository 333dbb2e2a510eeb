using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>A kind of resource: how it is listed, and what is stored of each.</summary>
internal sealed record ResourceKind
{
    private const string Home = "us-east-1";

    /// <summary>In the plural: <c>zones</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What lists it; null: its items stand in the item of the enclosing kind.</summary>
    public RowQuestion? List { get; init; }

    /// <summary>Where the items stand in the answer; null: the answer itself is the only one.</summary>
    public MemberPath? Items { get; init; }

    /// <summary>What gives an item in place of the listed one; null: the listed one is all.</summary>
    public ItemDetail? Detail { get; init; }

    /// <summary>What must hold of an item; it is passed over otherwise.</summary>
    public required IReadOnlyList<RowCondition> When { get; init; }

    /// <summary>Where an item's documents lie, below the enclosing folder; may be empty.</summary>
    public required RowText Folder { get; init; }

    /// <summary>What tells items of one folder apart; null: they share it.</summary>
    public RowText? Id { get; init; }

    /// <summary>The error codes of <see cref="List"/> that mean that there is none.</summary>
    public required IReadOnlyList<string> Absent { get; init; }

    /// <summary>The error codes of <see cref="List"/> that mean that the service or the region lacks it.</summary>
    public required IReadOnlyList<string> Unsupported { get; init; }

    /// <summary>Where alone it is asked for, as it belongs to no region; empty: in all regions.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>Whether all regions say the same of it, so that one is asked.</summary>
    public required bool IsOnce { get; init; }

    /// <summary>What is stored of each item.</summary>
    public required IReadOnlyList<DocumentRow> Documents { get; init; }

    /// <summary>The kinds within each item.</summary>
    public required IReadOnlyList<ResourceKind> Kinds { get; init; }

    /// <summary>The IAM actions of <see cref="List"/> and <see cref="Detail"/>.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Whether it lies beside the regions of its service, not in them.</summary>
    public bool LiesInNoRegion => Regions.Count > 0 || IsOnce;

    /// <summary>Where it is asked for.</summary>
    /// <remarks>What AWS tells of in one region alone belongs to none, so it is asked for there whatever is chosen.
    /// In another partition of AWS (China, GovCloud) it is not, and keys of one mean nothing in the other. What is the
    /// same everywhere is asked for in a chosen region, for others may be forbidden: in one that every account has, if
    /// there is any, for in others it may be switched off.</remarks>
    /// <param name="chosen">The regions that are captured.</param>
    public IReadOnlyList<string> RegionsOf(IReadOnlyList<string> chosen) =>
        Regions.Count > 0 ? [.. Regions.Where(region => chosen.Any(one => PartitionOf(one) == PartitionOf(region)))]
        : IsOnce ? [.. InTurn(chosen).Take(1)]
        : chosen;

    /// <summary>Where what all regions say alike is asked for, one after the other until one answers.</summary>
    /// <param name="chosen">The regions that are captured.</param>
    public static IEnumerable<string> InTurn(IReadOnlyList<string> chosen) => chosen
        .OrderBy(one => one != Home).ThenBy(one => !PartitionOf(one).FromStart.Contains(one))
        .ThenBy(one => one, StringComparer.Ordinal);

    /// <summary>This kind and all below it.</summary>
    public IEnumerable<ResourceKind> AndBelow => [this, .. Kinds.SelectMany(kind => kind.AndBelow)];

    private static AwsPartition PartitionOf(string region) => AwsHosts.Table.PartitionOf(region);
}
