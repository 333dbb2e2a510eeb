namespace JadaStore.Store.Model;

/// <summary>A file's numeric owner.</summary>
/// <param name="User">The user id.</param>
/// <param name="Group">The group id.</param>
public readonly record struct Owner(uint User, uint Group);
