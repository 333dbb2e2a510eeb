namespace JadaStore.Store.Model;

/// <summary>One way to open a repository.</summary>
/// <param name="Id">16 hex digits.</param>
/// <param name="Label">What a person calls it.</param>
/// <param name="Created">When it was added, UTC.</param>
/// <param name="HasPassword">False: the master key lies open.</param>
/// <param name="IsCurrent">Whether this session opened the repository with it.</param>
public sealed record KeyInfo(string Id, string Label, DateTimeOffset Created, bool HasPassword, bool IsCurrent);
