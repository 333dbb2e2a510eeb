using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>A place to restore to in memory, which remembers what was asked of it and can be made to fail.</summary>
internal sealed class MemoryTarget : IRestoreTarget
{
    private readonly ConcurrentDictionary<EntryPath, bool> _busy = new();

    public ConcurrentDictionary<EntryPath, Standing> Items { get; } = new();

    /// <summary>
    /// All that was to change something, in order: <c>make P</c>, <c>create P</c>, <c>commit P</c>, <c>link P
    /// FIRST</c>, <c>set P</c>, <c>delete P</c>.
    /// </summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>
    /// Given each call, and <c>inspect P</c>, <c>list P</c> and <c>write P</c>; throws to make it fail.
    /// </summary>
    public Action<string> OnCall { get; set; } = _ => { };

    /// <summary>Bytes that were left out as holes.</summary>
    public long Skipped;

    public IEnumerable<string> Names => Items.Keys.Order().Select(path => path.ToString());

    public Standing this[string path] => Items[new EntryPath(path)];

    /// <summary>Puts something there; in a folder's place <paramref name="content"/> means nothing.</summary>
    public void Put(string path, string content = "", uint? mode = 0x1A4) =>
        Items[new EntryPath(path)] = new Standing(System.Text.Encoding.UTF8.GetBytes(content)) { Mode = mode };

    public ValueTask<TargetState> InspectAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        using IDisposable alone = Enter($"inspect {path}", path, null);
        return new(StateOf(path, entry));
    }

    public ValueTask MakeAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        using IDisposable alone = Enter($"make {path}", path, true);
        MakeRoom(path);
        Items[path] = new Standing(entry.LinkTarget ?? []) { Mode = entry.Mode };
        return ValueTask.CompletedTask;
    }

    public ValueTask<IRestoreWriter> CreateFileAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        using IDisposable alone = Enter($"create {path}", path, true);
        return new(new Writer(this, path, entry));
    }

    public ValueTask LinkAsync(EntryPath path, EntryPath first, Entry entry, CancellationToken cancellationToken)
    {
        using IDisposable alone = Enter($"link {path} {first}", path, true);
        Items[path] =
            Items.TryGetValue(first, out Standing? item) ? item : throw new IOException($"nothing stands at {first}");
        return ValueTask.CompletedTask;
    }

    public ValueTask SetAttributesAsync(EntryPath path, Entry entry, CancellationToken cancellationToken)
    {
        using IDisposable alone = Enter($"set {path}", path, true);
        Items[path].Mode = entry.Mode;
        return ValueTask.CompletedTask;
    }

    /// <summary>In reverse order of path, so each folder after what is in it.</summary>
    public async IAsyncEnumerable<EntryPath> ListAsync(
        EntryPath path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        OnCall($"list {path}");
        foreach (EntryPath found in Items.Keys.Where(found => found.IsAtOrBelow(path)).OrderDescending())
        {
            yield return found;
        }
    }

    public ValueTask DeleteAsync(EntryPath path, CancellationToken cancellationToken)
    {
        using IDisposable alone = Enter($"delete {path}", path, true);
        Assert.True(
            !path.IsFolder || !Items.Keys.Any(other => other != path && other.IsAtOrBelow(path)),
            $"{path} is not empty");
        Assert.True(Items.TryRemove(path, out _));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TargetState StateOf(EntryPath path, Entry entry)
    {
        if (!Items.TryGetValue(path, out Standing? item))
        {
            // A file where a folder should be, or the other way round.
            EntryPath other = path.IsFolder ? new EntryPath(path.Span[..^1].ToArray()) : path.Append("/"u8);
            return Items.ContainsKey(other) ? TargetState.Differs : TargetState.Absent;
        }

        bool same = entry.Kind switch
        {
            EntryKind.File => entry.Digest == Blake3.Hash(item.Bytes),
            EntryKind.Symlink => item.Bytes.AsSpan().SequenceEqual(entry.LinkTarget),
            _ => true,
        };
        return !same ? TargetState.Differs : item.Mode == entry.Mode ? TargetState.Same : TargetState.AttributesDiffer;
    }

    // What stands there is replaced, but never a folder that is not empty.
    private void MakeRoom(EntryPath path)
    {
        EntryPath other = path.IsFolder ? new EntryPath(path.Span[..^1].ToArray()) : path.Append("/"u8);
        if (!path.IsFolder && Items.Keys.Any(item => item != other && item.Span.StartsWith(other.Span)))
        {
            throw new IOException("a folder that is not empty stands there");
        }

        Items.TryRemove(other, out _);
    }

    // Holds the store to its promise: for one path only one call at a time.
    private Busy Enter(string call, EntryPath path, bool? writes)
    {
        if (writes is true)
        {
            Calls.Enqueue(call);
        }

        OnCall(call);
        Assert.True(_busy.TryAdd(path, true), $"{path} is in use: {call}");
        return new Busy(() => _busy.TryRemove(path, out _));
    }

    internal sealed class Standing(byte[] bytes)
    {
        public byte[] Bytes => bytes;

        public uint? Mode { get; set; }

        public override string ToString() => System.Text.Encoding.UTF8.GetString(bytes);
    }

    private sealed class Busy(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }

    private sealed class Writer(MemoryTarget target, EntryPath path, Entry entry) : IRestoreWriter
    {
        private readonly MemoryStream _bytes = new();

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            target.OnCall($"write {path}");
            _bytes.Write(bytes.Span);
            return ValueTask.CompletedTask;
        }

        public ValueTask SkipAsync(long length, CancellationToken cancellationToken)
        {
            Interlocked.Add(ref target.Skipped, length);
            _bytes.Write(new byte[length]);
            return ValueTask.CompletedTask;
        }

        public ValueTask CommitAsync(CancellationToken cancellationToken)
        {
            using IDisposable alone = target.Enter($"commit {path}", path, true);
            target.MakeRoom(path);
            target.Items[path] = new Standing(_bytes.ToArray()) { Mode = entry.Mode };
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => _bytes.DisposeAsync();
    }
}
