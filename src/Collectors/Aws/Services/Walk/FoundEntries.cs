using JadaStore.Collectors.Aws.Documents;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>The entries of a service, gathered by many and given out in path order.</summary>
/// <remarks>
/// All of a service's documents are held in memory until they are given out: kilobytes a resource. Of two different
/// documents at one path neither is taken for the other: a fault says that both were there.
/// </remarks>
internal sealed class FoundEntries
{
    private readonly Dictionary<EntryPath, SourceEntry> _entries = [];

    /// <summary>All, in path order.</summary>
    public IReadOnlyList<SourceEntry> Sorted
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries.Values.OrderBy(entry => entry.Path)];
            }
        }
    }

    /// <summary>Adds a document.</summary>
    public void AddDocument(string path, byte[] bytes) => Add(DocumentEntry.Of(path, bytes));

    /// <summary>Adds a document that could not be fetched, or a file that could not be listed.</summary>
    public void AddFault(string path, string message) => Add(Fault(new EntryPath(path), EntryKind.File, message));

    /// <summary>Adds a folder that could not be listed; empty for the source as a whole.</summary>
    public void AddFolderFault(string folder, string message) =>
        Add(Fault(new EntryPath(folder.Length == 0 ? "" : folder + "/"), EntryKind.Folder, message));

    /// <summary>Adds an entry.</summary>
    public void Add(SourceEntry entry)
    {
        lock (_entries)
        {
            if (!_entries.TryAdd(entry.Path, entry))
            {
                _entries[entry.Path] = Joined(_entries[entry.Path], entry);
            }
        }
    }

    private static SourceEntry Joined(SourceEntry one, SourceEntry other) => (one, other) switch
    {
        (SourceFault left, SourceFault right)
            when left.Message.Contains(right.Message, StringComparison.Ordinal) => left,
        (SourceFault left, SourceFault right) => Fault(one.Path, one.Kind, $"{left.Message}; {right.Message}"),
        (SourceFault, _) => one,
        (_, SourceFault) => other,

        // A list that changes while it is read may give an item twice.
        _ when one.Fingerprint.Length > 0 && one.Fingerprint.AsSpan().SequenceEqual(other.Fingerprint) => one,
        _ => Fault(one.Path, one.Kind, $"two different resources lie at {one.Path}; neither was captured"),
    };

    private static SourceFault Fault(EntryPath path, EntryKind kind, string message) =>
        new() { Path = path, Kind = kind, Message = message };
}
