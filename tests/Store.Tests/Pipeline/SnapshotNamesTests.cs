using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class SnapshotNamesTests
{
    [Theory]
    [InlineData("", false, "v1.0")]
    [InlineData("", true, "v1.0")]
    [InlineData("v1.0", false, "v1.1")]
    [InlineData("v1.0", true, "v2.0")]
    [InlineData("v1.9", false, "v1.10")]
    [InlineData("v1.10 v1.9", false, "v1.11")]
    [InlineData("v2.0 v1.7", false, "v2.1")]
    [InlineData("v1.0 before-the-move", false, "v1.1")]
    [InlineData("before-the-move", false, "v1.0")]
    [InlineData("v1.0 v7.3", true, "v8.0")]
    [InlineData("v20261101093000.1 v7.3", false, "v20261101093000.2")]
    [InlineData("v v. v1 v.1 v1. v1.2.3 v1.x V9.0 v-1.5 v1.-5 v+1.5 v 1.0", false, "v1.0")]
    public void Names_count_up_from_the_highest(string existing, bool major, string next) =>
        Assert.Equal(next, SnapshotNames.Next(Of(existing.Split(' ', StringSplitOptions.RemoveEmptyEntries)), major));

    /// <summary>Were it not so, the second snapshot after such a name could never be taken.</summary>
    [Theory, InlineData("v2147483647.2147483647", false), InlineData("v2147483647.0", true), InlineData("v1.2147483647", false)]
    public void What_counts_up_is_always_a_name_that_is_not_taken(string existing, bool major)
    {
        string next = SnapshotNames.Next(Of(existing), major);

        SnapshotNames.Check(next, Of(existing));
        Assert.NotEqual(next, SnapshotNames.Next(Of(existing, next), major));
    }

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("v1.0~1")]
    [InlineData("-n")]
    [InlineData(".hidden")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData("taken")]
    public void A_name_that_could_be_taken_for_something_else_is_refused(string name) =>
        Assert.Equal(
            StoreFault.Refused, Assert.Throws<StoreException>(() => SnapshotNames.Check(name, Of("taken"))).Fault);

    [Fact]
    public void A_name_of_a_hundred_letters_is_fine_and_one_more_is_not()
    {
        SnapshotNames.Check(new string('x', 100), []);
        SnapshotNames.Check("2026-11-01_before+after.1", Of("taken"));
        Assert.Throws<StoreException>(() => SnapshotNames.Check(new string('x', 101), []));
    }

    [Fact]
    public void A_reference_is_a_name_or_latest_or_the_first_digits_of_an_id()
    {
        List<Snapshot> all = Of("v1.0", "v1.1", "abcd");

        Assert.Same(all[0], SnapshotNames.Find("v1.0", all));
        Assert.Same(all[2], SnapshotNames.Find("latest", all));
        foreach (Snapshot snapshot in all)
        {
            string id = snapshot.Id.ToString();
            Assert.Same(snapshot, SnapshotNames.Find(id, all));
            Assert.Same(snapshot, SnapshotNames.Find(id[..4], all));
            Assert.Same(snapshot, SnapshotNames.Find(id[..9].ToUpperInvariant(), all));
        }
    }

    [Fact]
    public void A_tilde_goes_back_along_the_parents()
    {
        List<Snapshot> all = Of("v1.0", "v1.1", "v1.2");

        Assert.Same(all[2], SnapshotNames.Find("latest~0", all));
        Assert.Same(all[1], SnapshotNames.Find("latest~", all));
        Assert.Same(all[1], SnapshotNames.Find("latest~1", all));
        Assert.Same(all[0], SnapshotNames.Find("v1.2~2", all));
        Assert.Same(all[0], SnapshotNames.Find(all[1].Id.ToString()[..6] + "~1", all));
    }

    /// <summary>The one before it in the list is not its parent when that was forgotten.</summary>
    [Fact]
    public void A_tilde_does_not_jump_over_a_parent_that_is_gone()
    {
        List<Snapshot> all = Of("v1.0", "v1.1", "v1.2");
        IReadOnlyList<Snapshot> left = [all[0], all[2]];

        Assert.Equal(
            StoreFault.NotFound, Assert.Throws<StoreException>(() => SnapshotNames.Find("latest~1", left)).Fault);
    }

    [Theory]
    [InlineData("v3.0")]
    [InlineData("latest~3")]
    [InlineData("latest~-1")]
    [InlineData("latest~x")]
    [InlineData("latest~99999999999999999999")]
    [InlineData("~1")]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("V1.0")]
    public void What_is_not_there_is_not_found(string reference) => Assert.Equal(
        StoreFault.NotFound, Assert.Throws<StoreException>(() => SnapshotNames.Find(reference, Of("v1.0", "v1.1", "v1.2"))).Fault);

    [Fact]
    public void Of_no_snapshots_none_is_found() => Assert.Equal(
        StoreFault.NotFound, Assert.Throws<StoreException>(() => SnapshotNames.Find("latest", [])).Fault);

    [Fact]
    public void Digits_that_begin_two_ids_are_ambiguous_and_a_name_goes_before_them()
    {
        IReadOnlyList<Snapshot> all = [Made("a", "abcd1", null), Made("b", "abcd2", null), Made("abcd2", "ffff", null)];

        Assert.Equal(StoreFault.Ambiguous, Assert.Throws<StoreException>(() => SnapshotNames.Find("abcd", all)).Fault);
        Assert.Same(all[0], SnapshotNames.Find("abcd1", all));
        Assert.Same(all[2], SnapshotNames.Find("abcd2", all));
    }

    private static List<Snapshot> Of(params string[] names)
    {
        var snapshots = new List<Snapshot>();
        foreach (string name in names)
        {
            snapshots.Add(Made(
                name, $"{snapshots.Count + 1:x}5a{snapshots.Count + 1:x}", snapshots.LastOrDefault()?.Id.ToString()));
        }

        return snapshots;
    }

    private static Snapshot Made(string name, string id, string? parent)
    {
        Assert.True(Digest.TryParse(id.PadRight(64, '0'), out Digest digest));
        return new Snapshot
        {
            Id = new SnapshotId(digest),
            Record = new SnapshotRecord { Nonce = "", Name = name, Time = DateTimeOffset.UnixEpoch, Parent = parent },
        };
    }
}
