using JadaStore.Store.Locks;

namespace JadaStore.Store.Tests.Locks;

public sealed class RepositoryLocksTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jstore-locks-");

    private RepositoryLocks Locks => new(_folder.FullName, TimeProvider.System, TimeSpan.Zero);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Who_holds_a_lock_is_named_to_who_cannot_have_it()
    {
        using FolderLock held = await Locks.CommitAsync("jstore snapshot", default);

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => Locks.CommitAsync("jstore prune", default));

        Assert.Equal(StoreFault.Locked, e.Fault);
        Assert.Contains(
            $": jstore snapshot (pid {Environment.ProcessId} on {Environment.MachineName}) since 2", e.Message,
            StringComparison.Ordinal);
    }

    [Theory, InlineData("{\"pid\":1,\"host\":\"gone\",\"purpose\":\"jstore\",\"since\":\"2020-01-01T00:00:00Z\"}"), InlineData("no JSON"), InlineData("")]
    public async Task What_a_holder_left_that_died_keeps_nobody_out(string left)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "commit"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "commit.holder"), left);

        using FolderLock taken = await Locks.CommitAsync("jstore forget", default);
        StoreException e = await Assert.ThrowsAsync<StoreException>(() => Locks.CommitAsync("jstore prune", default));

        Assert.Contains("jstore forget", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_holder_says_moves_no_cursor()
    {
        var holder = new LockHolder(1, "a\x1b[2Jb", new string('x', 500), DateTimeOffset.UnixEpoch);

        Assert.DoesNotContain('\x1b', holder.ToString());
        Assert.True(holder.ToString().Length < 200);
    }

    [Fact]
    public void A_session_lives_until_it_ends_and_says_what_it_saw()
    {
        Session session = Locks.Begin("jstore snapshot", new SessionView(["c1"], ["s1"]));
        session.Writes("p1");
        RunningSession seen = Assert.Single(Locks.Sessions());

        Assert.True(seen.HasSeen("c1"));
        Assert.False(seen.HasSeen("c2"));
        Assert.True(seen.MayNeed("s1"));
        Assert.False(seen.MayNeed("s2"));
        Assert.Equal(["p1"], seen.Packs());
        session.Dispose();
        Assert.Empty(Locks.Sessions());
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "sessions")));
    }

    [Fact]
    public async Task A_session_that_died_is_no_more_and_what_it_left_is_removed()
    {
        string sessions = Directory.CreateDirectory(Path.Combine(_folder.FullName, "sessions")).FullName;
        foreach (string name in new[] { "dead", "dead.holder", "dead.packs" })
        {
            await File.WriteAllTextAsync(Path.Combine(sessions, name), "{}");
        }

        using Session alive = Locks.Begin("jstore snapshot", new SessionView([], []));

        Assert.Single(Locks.Sessions());
        Assert.Equal(2, Directory.GetFiles(sessions).Length);
    }

    /// <summary>Then nothing may be deleted on its account: it may need anything.</summary>
    [Fact]
    public void A_session_that_does_not_say_what_it_saw_has_seen_nothing_and_may_need_all()
    {
        using Session session = Locks.Begin("jstore snapshot", new SessionView(["c1"], []));
        string holder = Directory.GetFiles(Path.Combine(_folder.FullName, "sessions"), "*.holder").Single();
        File.WriteAllText(holder, "{\"pid\":1,");

        RunningSession seen = Assert.Single(Locks.Sessions());

        Assert.False(seen.HasSeen("c1"));
        Assert.True(seen.MayNeed("s1"));
        Assert.Contains("sessions", seen.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_that_cannot_be_made_is_no_lock_that_is_held()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "sessions"), "a file where a folder should be");

        StoreException e = Assert.Throws<StoreException>(() => Locks.Begin("jstore snapshot", new SessionView([], [])));

        Assert.Equal(StoreFault.Io, e.Fault);
    }
}
