namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>One document of each item of a kind, or the content that a collector of its own makes of it.</summary>
internal sealed record DocumentRow
{
    /// <summary>Its path below the item's folder; null for content.</summary>
    public RowText? File { get; init; }

    /// <summary>Who makes the entries, by name; null for documents.</summary>
    public string? Content { get; init; }

    /// <summary>What gives it; null: the item itself.</summary>
    public RowQuestion? Get { get; init; }

    /// <summary>The part of the answer that is stored; null: all of it.</summary>
    public MemberPath? Take { get; init; }

    /// <summary>The member whose bytes are the file; null for JSON.</summary>
    public MemberPath? Raw { get; init; }

    /// <summary>Whether <see cref="Raw"/> is in base64, as answers hold bytes.</summary>
    public bool IsBlob { get; init; }

    /// <summary>The member that is JSON text and is stored bare, in its own order; null as a rule.</summary>
    public MemberPath? Text { get; init; }

    /// <summary>The member without which, or with which empty, there is no document; null as a rule.</summary>
    public MemberPath? Needs { get; init; }

    /// <summary>
    /// The member that says, in an answer that looks well, why a part of it is missing; null as a rule.
    /// </summary>
    public MemberPath? Failed { get; init; }

    /// <summary>What changes without anybody's doing, and what must not be stored.</summary>
    public required IReadOnlyList<MemberPath> Drop { get; init; }

    /// <summary>Lists without an order of their own; those within others first.</summary>
    public required IReadOnlyList<ListOrder> Sets { get; init; }

    /// <summary>Texts that are JSON, stored as that.</summary>
    public required IReadOnlyList<MemberPath> Json { get; init; }

    /// <summary>The error codes of <see cref="Get"/> that mean that the item has none.</summary>
    public required IReadOnlyList<string> Absent { get; init; }

    /// <summary>What must hold of the item; it has no such document otherwise.</summary>
    public required IReadOnlyList<RowCondition> When { get; init; }

    /// <summary>The IAM actions that it needs.</summary>
    public required IReadOnlyList<string> Actions { get; init; }
}
