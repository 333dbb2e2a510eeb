namespace JadaStore.Store.Backends;

/// <summary>Files kept open for reading, the latest used ones: opening costs more than reading a block does.</summary>
/// <remarks>Thread-safe. A file in use stays open though it was dropped; the last one to return it closes it.</remarks>
internal sealed class OpenFiles : IDisposable
{
    private readonly IDisk _disk;
    private readonly int _most;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<OpenFile>> _byPath = new(StringComparer.Ordinal);
    private readonly LinkedList<OpenFile> _byUse = new();      // the latest first

    /// <param name="disk">Where they are.</param>
    /// <param name="most">How many are kept open; more only while more than that are in use at once.</param>
    public OpenFiles(IDisk disk, int most) => (_disk, _most) = (disk, most);

    /// <summary>How many are open and kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byPath.Count;
            }
        }
    }

    /// <summary>Opens a file, or takes the one that is open; to be given to <see cref="Return"/> once.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public OpenFile Take(string path)
    {
        lock (_lock)
        {
            if (_byPath.TryGetValue(path, out LinkedListNode<OpenFile>? node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                node.Value.Users++;
                return node.Value;
            }
        }

        var opened = new OpenFile(path, _disk.Open(path)) { Users = 1 };
        lock (_lock)
        {
            if (!_byPath.ContainsKey(path))        // two threads may open one file at once; one of them is not kept
            {
                _byPath.Add(path, _byUse.AddFirst(opened));
                opened.Kept = true;
                DropWhatIsTooMuch();
            }
        }

        return opened;
    }

    /// <summary>Gives back what <see cref="Take"/> gave.</summary>
    public void Return(OpenFile file)
    {
        lock (_lock)
        {
            file.Users--;
            CloseIfIdle(file);
        }
    }

    /// <summary>Keeps a file no longer, because it is to be deleted.</summary>
    public void Drop(string path)
    {
        lock (_lock)
        {
            if (_byPath.TryGetValue(path, out LinkedListNode<OpenFile>? node))
            {
                Drop(node);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            while (_byUse.First is { } node)
            {
                Drop(node);
            }
        }
    }

    private void DropWhatIsTooMuch()
    {
        while (_byPath.Count > _most && _byUse.Last is { } oldest)
        {
            Drop(oldest);
        }
    }

    private void Drop(LinkedListNode<OpenFile> node)
    {
        _byUse.Remove(node);
        _byPath.Remove(node.Value.Path);
        node.Value.Kept = false;
        CloseIfIdle(node.Value);
    }

    private static void CloseIfIdle(OpenFile file)
    {
        if (!file.Kept && file.Users == 0)
        {
            file.Handle.Dispose();
        }
    }
}
