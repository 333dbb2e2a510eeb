using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class RepositoryOpenerTests
{
    /// <summary>
    /// Only the config decides what is read and how it is cut: no byte of it may be believed unproved.
    /// </summary>
    [Fact]
    public async Task A_config_with_any_byte_changed_or_cut_anywhere_is_never_opened()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await temp.Store.DisposeAsync();
        File.Delete(Path.Combine(temp.Folder, "copies", "config"));
        string config = Path.Combine(temp.Folder, "config");
        byte[] whole = await File.ReadAllBytesAsync(config);
        for (int at = 0; at < 2 * whole.Length; at++)
        {
            byte[] bad = at < whole.Length ? whole[..at] : [.. whole];
            if (at >= whole.Length)
            {
                bad[at - whole.Length] ^= (byte)(1 << (at % 8));
            }

            await File.WriteAllBytesAsync(config, bad);

            StoreFault fault = (await Assert.ThrowsAsync<StoreException>(() => OpenAsync(temp, null))).Fault;

            Assert.True(
                fault is StoreFault.Corrupt or StoreFault.NewerFormat or StoreFault.NoRepository, fault.ToString());
        }

        await File.WriteAllBytesAsync(config, whole);
        await (await OpenAsync(temp, null)).DisposeAsync();
    }

    [Fact]
    public async Task A_config_of_another_repository_is_never_opened()
    {
        await using TempRepository one =
            await TempRepository.MakeAsync("secret"), two = await TempRepository.MakeAsync("secret");
        await one.Store.DisposeAsync();
        await two.Store.DisposeAsync();
        File.Delete(Path.Combine(one.Folder, "copies", "config"));
        await File.WriteAllBytesAsync(
            Path.Combine(one.Folder, "config"), await File.ReadAllBytesAsync(Path.Combine(two.Folder, "config")));

        Assert.Equal(
            StoreFault.WrongPassword, (await Assert.ThrowsAsync<StoreException>(() => OpenAsync(one, "secret"))).Fault);
    }

    [Fact]
    public async Task A_wrong_password_and_none_are_both_said_to_be_wrong()
    {
        await using TempRepository temp = await TempRepository.MakeAsync("secret");

        foreach (string? password in new[] { "Secret", "secret ", "", null })
        {
            Assert.Equal(
                StoreFault.WrongPassword,
                (await Assert.ThrowsAsync<StoreException>(() => OpenAsync(temp, password))).Fault);
        }

        await temp.ReopenAsync("secret");
        Assert.True(temp.Store.HasPassword);
    }

    [Fact]
    public async Task A_password_is_asked_for_only_where_there_is_one()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var options = new OpenOptions { Password = () => throw new InvalidOperationException("asked") };

        await using Repository open = await Repository.OpenAsync(temp.Folder, options, default);

        Assert.False(open.HasPassword);
    }

    [Fact]
    public async Task What_was_stored_before_the_password_changed_reads_after_it()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new MemorySource("local/s") { ["f"] = MemoryFile.Of("content") });
        await temp.Store.AddPasswordAsync("first", "", default);
        await temp.Store.ChangePasswordAsync("second", default);

        Assert.Equal(
            StoreFault.WrongPassword, (await Assert.ThrowsAsync<StoreException>(() => OpenAsync(temp, "first"))).Fault);
        await temp.ReopenAsync("second");

        Assert.Equal("content"u8.ToArray(), await temp.ReadAsync(snapshot, "s/f"));
        Assert.Single(await temp.Store.KeysAsync(default));
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_not_made_a_repository_and_one_that_is_none_is_not_opened()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        string beside = temp.Beside("photos");
        Directory.CreateDirectory(beside);
        await File.WriteAllTextAsync(Path.Combine(beside, "a.jpg"), "");

        Assert.Equal(StoreFault.NoRepository, (await Assert.ThrowsAsync<StoreException>(() => Repository.OpenAsync(beside, new OpenOptions(), default))).Fault);
        Assert.Equal(StoreFault.Refused, (await Assert.ThrowsAsync<StoreException>(() => Repository.CreateAsync(beside, new CreateOptions(), default))).Fault);
        Assert.Equal(StoreFault.RepositoryExists, (await Assert.ThrowsAsync<StoreException>(() => Repository.CreateAsync(temp.Folder, new CreateOptions(), default))).Fault);
        Assert.Equal(["a.jpg"], Directory.GetFileSystemEntries(beside).Select(Path.GetFileName));
    }

    /// <summary>
    /// Its key was written and its config was not: it was never a repository, and making it again is all there is to
    /// do.
    /// </summary>
    [Fact]
    public async Task An_init_that_was_cut_short_can_be_done_again()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        string folder = temp.Beside("cut-short");
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        Directory.CreateDirectory(Path.Combine(folder, "tmp"));
        string key = Assert.Single(Directory.GetFiles(Path.Combine(temp.Folder, "keys")));
        File.Copy(key, Path.Combine(folder, "keys", Path.GetFileName(key)));

        await (await Repository.CreateAsync(folder, new CreateOptions { Password = "secret" }, default)).DisposeAsync();

        await using Repository again =
            await Repository.OpenAsync(folder, new OpenOptions { Password = () => "secret" }, default);
        Assert.True(Assert.Single(await again.KeysAsync(default)).HasPassword);
    }

    /// <summary>Of two that make one at once, the slower leaves its key behind; so does damage to a bare one.</summary>
    [Theory, InlineData(null), InlineData("secret")]
    public async Task A_bare_key_that_does_not_fit_hides_no_key_that_does(string? password)
    {
        await using TempRepository temp =
            await TempRepository.MakeAsync(password), other = await TempRepository.MakeAsync();
        string key = Assert.Single(Directory.GetFiles(Path.Combine(other.Folder, "keys")));
        File.Copy(key, Path.Combine(temp.Folder, "keys", Path.GetFileName(key)));

        await using (Repository open = await OpenAsync(temp, password))
        {
            Assert.Equal(password is not null, open.HasPassword);
        }

        Directory.Delete(Path.Combine(temp.Folder, "copies", "keys"), recursive: true);
        foreach (string good in Directory.GetFiles(Path.Combine(temp.Folder, "keys")).Where(
            file => Path.GetFileName(file) != Path.GetFileName(key)))
        {
            File.Delete(good);
        }

        Assert.Equal(
            StoreFault.Corrupt, (await Assert.ThrowsAsync<StoreException>(() => OpenAsync(temp, password))).Fault);
    }

    private static Task<Repository> OpenAsync(TempRepository temp, string? password) =>
        Repository.OpenAsync(temp.Folder, new OpenOptions { Password = () => password }, default);
}
