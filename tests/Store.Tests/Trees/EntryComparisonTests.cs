using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Trees;

public sealed class EntryComparisonTests
{
    private static readonly Entry s_file =
        Maps.File("a") with { Attributes = [new NamedValue("s3.CacheControl", [1])] };
    private static readonly Entry s_unread = s_file with { Digest = null, Problem = "denied" };

    public static TheoryData<string, Entry, ChangeKind?> Changes => new()
    {
        { "nothing", s_file with { Attributes = [new NamedValue("s3.CacheControl", [1])] }, null },
        { "fingerprint", s_file with { Fingerprint = [9] }, null },
        { "cuts", s_file with { Content = new Content(0, [Extent.Hole(1001)]) }, null },
        { "kind", new Entry { Path = s_file.Path, Kind = EntryKind.Pipe }, ChangeKind.Modified },
        { "size", s_file with { Size = 5 }, ChangeKind.Modified },
        { "digest", s_file with { Digest = Maps.SomeDigest(77) }, ChangeKind.Modified },
        { "time", s_file with { ModifiedTime = null }, ChangeKind.Metadata },
        { "mode", s_file with { Mode = 0 }, ChangeKind.Metadata },
        { "owner", s_file with { Owner = new Owner(0, 0) }, ChangeKind.Metadata },
        { "attribute value", s_file with { Attributes = [new NamedValue("s3.CacheControl", [2])] }, ChangeKind.Metadata },
        { "attribute name", s_file with { Attributes = [new NamedValue("s3.ContentType", [1])] }, ChangeKind.Metadata },
        { "attributes", s_file with { Attributes = [] }, ChangeKind.Metadata },
        { "hard link", s_file with { HardLink = new EntryPath("") }, ChangeKind.Metadata },
        { "problem", s_file with { Problem = "changed while it was read" }, ChangeKind.Metadata },
        { "unread", s_unread, ChangeKind.Unknown },
        { "unread and size", s_unread with { Size = 0 }, ChangeKind.Unknown },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_change_is_named_for_what_differs(string what, object changed, object? expected)
    {
        var entry = (Entry)changed;

        Assert.True(Equals(expected, EntryComparison.Compare(s_file, entry)?.Kind), what);
        Assert.True(Equals(expected, EntryComparison.Compare(entry, s_file)?.Kind), what);
    }

    [Fact]
    public void One_side_only_is_added_or_removed()
    {
        Assert.Equal(
            new EntryChange(s_file.Path, ChangeKind.Added, null, s_file), EntryComparison.Compare(null, s_file));
        Assert.Equal(
            new EntryChange(s_file.Path, ChangeKind.Removed, s_file, null), EntryComparison.Compare(s_file, null));
        Assert.Null(EntryComparison.Compare(null, null));
    }

    [Fact]
    public void Links_and_devices_are_modified_when_they_lead_elsewhere()
    {
        var link = new Entry { Path = new EntryPath("l"), Kind = EntryKind.Symlink, LinkTarget = [1] };
        var device = new Entry
        {
            Path = new EntryPath("d"), Kind = EntryKind.BlockDevice, Device = new DeviceNumber(1, 2),
        };

        Assert.Equal(ChangeKind.Modified, EntryComparison.Compare(link, link with { LinkTarget = [2] })!.Kind);
        Assert.Equal(ChangeKind.Modified, EntryComparison.Compare(link, link with { LinkTarget = null })!.Kind);
        Assert.Equal(
            ChangeKind.Modified,
            EntryComparison.Compare(device, device with { Device = new DeviceNumber(1, 3) })!.Kind);
    }

    [Fact]
    public void Both_unread_and_alike_is_no_change()
    {
        Assert.Null(EntryComparison.Compare(s_unread, s_unread with { Fingerprint = [8] }));
        Assert.Equal(
            ChangeKind.Unknown, EntryComparison.Compare(s_unread, s_unread with { ModifiedTime = null })!.Kind);
    }
}
