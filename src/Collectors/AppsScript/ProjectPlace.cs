using JadaStore.Store.Model;

namespace JadaStore.Collectors.AppsScript;

/// <summary>A folder of the source, and what makes what is in it.</summary>
/// <param name="Path">Inside the source, with the <c>/</c>.</param>
/// <param name="Entry">A subtree or a fault; null for a folder of this machine.</param>
/// <param name="Folder">A folder of this machine; null for all else.</param>
/// <param name="IsProject">Whether it counts as a project: a version does not.</param>
internal sealed record ProjectPlace(string Path, SourceEntry? Entry, ClaspFolder? Folder, bool IsProject);
