namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>Brings a list into an order, for the service has none for it.</summary>
/// <param name="List">The list.</param>
/// <param name="By">The member that its items are sorted by, before their whole text; null: by that alone.</param>
internal sealed record ListOrder(MemberPath List, MemberPath? By);
