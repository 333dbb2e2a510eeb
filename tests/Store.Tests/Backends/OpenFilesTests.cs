using JadaStore.Store.Backends;

namespace JadaStore.Store.Tests.Backends;

public sealed class OpenFilesTests : IDisposable
{
    private readonly string[] _paths = [.. Enumerable.Range(0, 4).Select(_ => Path.GetTempFileName())];
    private readonly OpenFiles _files = new(new SystemDisk(), 2);

    public void Dispose()
    {
        _files.Dispose();
        Array.ForEach(_paths, File.Delete);
    }

    [Fact]
    public void A_file_is_opened_once()
    {
        OpenFile first = _files.Take(_paths[0]), second = _files.Take(_paths[0]);

        Assert.Same(first, second);
        _files.Return(first);
        Assert.False(second.Handle.IsClosed);
    }

    [Fact]
    public void The_one_unused_longest_is_closed_first()
    {
        OpenFile a = TakeAndReturn(0), b = TakeAndReturn(1);
        TakeAndReturn(0);
        OpenFile c = TakeAndReturn(2);

        Assert.Equal([false, true, false], new[] { a, b, c }.Select(file => file.Handle.IsClosed));
        Assert.Equal(2, _files.Count);
    }

    [Fact]
    public void A_file_in_use_is_not_closed_before_it_is_returned()
    {
        OpenFile used = _files.Take(_paths[0]);
        TakeAndReturn(1);
        TakeAndReturn(2);
        TakeAndReturn(3);
        Assert.False(used.Handle.IsClosed);

        _files.Return(used);

        Assert.True(used.Handle.IsClosed);
    }

    [Fact]
    public void A_dropped_file_is_opened_anew()
    {
        OpenFile before = TakeAndReturn(0);
        _files.Drop(_paths[0]);
        OpenFile after = TakeAndReturn(0);

        Assert.True(before.Handle.IsClosed);
        Assert.NotSame(before, after);
    }

    private OpenFile TakeAndReturn(int i)
    {
        OpenFile file = _files.Take(_paths[i]);
        _files.Return(file);
        return file;
    }
}
