namespace JadaStore.Collectors.Local;

/// <summary>A file with more than one name.</summary>
/// <param name="Id">Which file.</param>
/// <param name="Names">How many names it has, inside the source and outside; at least 2.</param>
internal sealed record LinkedFile(FileId Id, long Names);
