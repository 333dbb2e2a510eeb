using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>On macOS and Windows two entries may mean one file. Here the file system tells them apart, so that it does
/// not is played: what stands there is looked up as they do.</summary>
public sealed class NameSpellingTests : IDisposable
{
    private readonly Grounds _grounds = new();

    public void Dispose() => _grounds.Dispose();

    [Theory]
    [InlineData("A", "a", false, false)]
    [InlineData("A", "a", false, true)]
    [InlineData("a/X", "a/x", false, false)]
    [InlineData("A/", "a/", true, true)]
    [InlineData("A", "a/", false, true)]
    [InlineData("A/x", "a/y", false, false)]
    [InlineData("stra\u00dfe\u0301", "STRA\u00dfE\u0301", false, false)]
    public async Task The_second_of_two_names_that_are_one_is_refused_and_the_first_stays(
        string first, string second, bool firstIsFolder, bool secondHasNoContent)
    {
        await using PortableTarget target = Make();
        if (firstIsFolder)
        {
            await target.MakeAsync(new EntryPath(first), Grounds.Folder(first), default);
        }
        else
        {
            await Grounds.RestoreAsync(target, first, [1]);
        }

        string[] before = _grounds.Names();
        IOException refused = await Assert.ThrowsAsync<IOException>(() =>
            !secondHasNoContent ? Grounds.RestoreAsync(target, second, [2])
            : second.EndsWith('/') ? target.MakeAsync(new EntryPath(second), Grounds.Folder(second), default).AsTask()
            : target.MakeAsync(new EntryPath(second), Grounds.Symlink(second, "x"), default).AsTask());
        await Assert.ThrowsAsync<IOException>(() => target.InspectAsync(new EntryPath(second), Grounds.FileEntry(second.TrimEnd('/'), [2]), default).AsTask());

        string name = first.TrimEnd('/').Split('/')[first.StartsWith("a/", StringComparison.Ordinal) ? 1 : 0];
        Assert.Contains($"apart: {name}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, _grounds.Names());
    }

    [Fact]
    public async Task Of_two_that_are_written_at_once_the_first_to_be_whole_stays()
    {
        await using PortableTarget target = Make();
        Entry upper = Grounds.FileEntry("A", [1]), lower = Grounds.FileEntry("a", [2]);
        await using IRestoreWriter one = await target.CreateFileAsync(upper.Path, upper, default);
        await using IRestoreWriter two = await target.CreateFileAsync(lower.Path, lower, default);
        await one.WriteAsync(new byte[] { 1 }, default);
        await two.WriteAsync(new byte[] { 2 }, default);

        await two.CommitAsync(default);
        await Assert.ThrowsAsync<IOException>(() => one.CommitAsync(default).AsTask());
        await one.DisposeAsync();

        Assert.Equal(["a"], _grounds.Names());
        Assert.Equal([2], await File.ReadAllBytesAsync(_grounds.At("a"), default));
    }

    [Fact]
    public async Task What_has_the_very_name_is_replaced_as_ever_also_after_the_other_went()
    {
        await using PortableTarget target = Make();
        await Grounds.RestoreAsync(target, "A", [1]);
        await Grounds.RestoreAsync(target, "A", [2]);
        await target.DeleteAsync(new EntryPath("A"), default);
        await Grounds.RestoreAsync(target, "a", [3]);

        await Assert.ThrowsAsync<IOException>(() => Grounds.RestoreAsync(target, "A", [4]));
        Assert.Equal(["a"], _grounds.Names());
        Assert.Equal([3], await File.ReadAllBytesAsync(_grounds.At("a"), default));
    }

    [Theory, InlineData(Overwrite.Never), InlineData(Overwrite.Changed), InlineData(Overwrite.Always)]
    public async Task A_restore_names_each_entry_that_it_could_not_tell_from_another(Overwrite overwrite)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        string[] names = ["A", "B/x", "a", "b/x", "c"];
        Snapshot snapshot = await temp.SnapshotAsync(
            new ListedSource("local/tree", [.. names.Select(name => ListedEntry.File(new EntryPath(name), name))]));
        await using PortableTarget target = Make();

        RestoreReport report = await temp.Store.RestoreAsync(
            new RestoreRequest { Snapshot = snapshot, Overwrite = overwrite }, target, null, default);

        // Which of a pair comes first is not said; that one of it stands and the other is named is.
        Assert.Equal(2, report.Errors.Count);
        string[] there =
            [.. _grounds.Names().Where(name => !name.EndsWith('/')).Select(name => name["local/tree/".Length..])];
        Assert.Equal(3, there.Length);
        Assert.Equal(names.Order(StringComparer.Ordinal),
            there.Concat(report.Errors.Select(error => error.Path["local/tree/".Length..])).Order(
                StringComparer.Ordinal));
        Assert.All(there, name => Assert.Equal(name, File.ReadAllText(_grounds.At("local/tree/" + name))));
    }

    private PortableTarget Make() =>
        new(_grounds.Target, new LocalTargetOptions(), new TargetNotes(), new NameSpelling(Stands, Names));

    private static bool Stands(string path) =>
        Directory.Exists(Path.GetDirectoryName(path)) && Names(Path.GetDirectoryName(path)!)
            .Any(name => string.Equals(name, Path.GetFileName(path), StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Names(string folder) =>
        Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path));
}
