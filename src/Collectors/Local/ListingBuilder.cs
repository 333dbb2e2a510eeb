using JadaStore.Collectors.Local.Ignore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local;

/// <summary>Gathers what is found in one folder and puts it in order.</summary>
internal sealed class ListingBuilder
{
    private readonly FolderReader _reader;
    private readonly byte[] _prefix;
    private readonly List<ListedItem> _items;
    private IgnoreRules _rules;
    private byte[] _path;
    private List<string>? _excluded;

    /// <param name="folder">The folder.</param>
    /// <param name="reader">What lists it, and will list what is below.</param>
    /// <param name="expected">How many names it has, about.</param>
    public ListingBuilder(Subfolder folder, FolderReader reader, int expected)
    {
        _reader = reader;
        _rules = folder.Rules;
        _prefix = folder.Entry.Path.Span.ToArray();
        _path = _prefix;
        _items = new List<ListedItem>(expected);
    }

    /// <summary>Puts the folder's own ignore file on top of the rules. Called before anything is added.</summary>
    /// <param name="text">What it says.</param>
    public void AddRules(ReadOnlySpan<byte> text)
    {
        _rules = _rules.With(IgnoreFile.Parse(text), _prefix.Length);
        (_excluded ??= []).Add(new EntryPath(PathOf(FolderReader.IgnoreFileName, isFolder: false)).ToString());
    }

    /// <summary>Whether the rules leave a name out.</summary>
    public bool Excludes(ReadOnlySpan<byte> name, bool isFolder)
    {
        if (_rules.IsEmpty)
        {
            return false;
        }

        int length = _prefix.Length + name.Length;
        if (_path.Length < length)
        {
            _path = new byte[length + 256];
            _prefix.CopyTo(_path, 0);
        }

        name.CopyTo(_path.AsSpan(_prefix.Length));
        return _rules.Excludes(_path.AsSpan(0, length), _prefix.Length, isFolder);
    }

    /// <summary>The path of a name in this folder, as entries have it.</summary>
    public byte[] PathOf(ReadOnlySpan<byte> name, bool isFolder)
    {
        byte[] path = new byte[_prefix.Length + name.Length + (isFolder ? 1 : 0)];
        _prefix.CopyTo(path, 0);
        name.CopyTo(path.AsSpan(_prefix.Length));
        if (isFolder)
        {
            path[^1] = (byte)'/';
        }

        return path;
    }

    /// <summary>Notes that the repository was met and is left out.</summary>
    public void LeaveOut(byte[] path) => (_excluded ??= []).Add(new EntryPath(path) + SnapshotSource.OwnRepository);

    /// <summary>Takes an entry.</summary>
    /// <param name="entry">Its path is one of <see cref="PathOf"/>.</param>
    /// <param name="descend">Whether it is a folder that is to be walked.</param>
    /// <param name="links">Which file it is, when it has more than one name.</param>
    public void Add(SourceEntry entry, bool descend, LinkedFile? links) =>
        _items.Add(new ListedItem(entry, descend ? new Subfolder(entry, _rules, _reader) : null, links));

    /// <summary>Takes something that exists and cannot be looked at.</summary>
    public void AddFault(byte[] path, EntryKind kind, string message) =>
        _items.Add(new ListedItem(
            new SourceFault { Path = new EntryPath(path), Kind = kind, Message = message }, null, null));

    /// <summary>All of it, in path order.</summary>
    public Listing End()
    {
        int prefix = _prefix.Length;
        _items.Sort((left, right) => left.Entry.Path.Span[prefix..].SequenceCompareTo(right.Entry.Path.Span[prefix..]));

        // A folder that is written to while it is read may give a name twice.
        int kept = 0;
        for (int i = 0; i < _items.Count; i++)
        {
            if (kept == 0 || _items[i].Entry.Path != _items[kept - 1].Entry.Path)
            {
                _items[kept++] = _items[i];
            }
        }

        _items.RemoveRange(kept, _items.Count - kept);
        return new Listing { Items = _items, Excluded = _excluded };
    }
}
