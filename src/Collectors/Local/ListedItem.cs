using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local;

/// <summary>One name in a listing.</summary>
/// <param name="Entry">What the walk yields for it.</param>
/// <param name="Folder">What is to be walked below it; null when it is no folder, or one that is not descended.</param>
/// <param name="Links">Which file this is, when it has more than one name; null otherwise.</param>
internal readonly record struct ListedItem(SourceEntry Entry, Subfolder? Folder, LinkedFile? Links);
