using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Repair;

/// <summary>Config, keys and records, each of which is there twice.</summary>
public sealed class SecondCopyTests
{
    /// <summary>The first file or the copy, flipped anywhere, cut anywhere, or removed.</summary>
    [Theory, InlineData(""), InlineData("copies")]
    public async Task A_repository_opens_without_a_whole_config_or_key_and_a_repair_puts_them_back(string folder)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await temp.SnapshotAsync(new MemorySource("local/any") { ["a"] = MemoryFile.Of("content a") });
        await temp.Store.DisposeAsync();
        SortedDictionary<string, byte[]> right = Damage.FilesOf(temp);
        foreach (string kind in (string[])["config", "keys"])
        {
            string path = Path.Combine(temp.Folder, folder, kind);
            string file = File.Exists(path) ? path : Assert.Single(Directory.GetFiles(path));
            byte[] whole = await File.ReadAllBytesAsync(file);
            for (int at = 0; at < whole.Length + 2; at += at < whole.Length - 12 ? 11 : 1)
            {
                File.Delete(file);
                if (at < whole.Length)
                {
                    await File.WriteAllBytesAsync(file, at % 2 == 0 ? Damage.Flip(whole, at) : whole[..at]);
                }

                temp.Use(await Repository.OpenAsync(temp.Folder, new OpenOptions(), default));
                VerifyReport verified = await Damage.VerifyAsync(temp);
                Assert.True(
                    at >= whole.Length && folder.Length > 0 ? verified.Notes.Count > 0 : !verified.Ok, $"{file} {at}");
                Assert.True((await Damage.RepairAsync(temp)).Ok);
                Assert.True((await Damage.VerifyAsync(temp)).Ok);
                await temp.ReopenAsync();
                Assert.Empty(temp.Store.Warnings);
                Assert.Equal(right, Damage.FilesOf(temp));
                await temp.Store.DisposeAsync();
            }
        }

        await temp.ReopenAsync();
    }

    [Fact]
    public async Task A_key_with_a_password_opens_by_its_copy_when_a_digit_of_it_changed_and_a_repair_then_knows_which_is_right()
    {
        await using TempRepository temp = await TempRepository.MakeAsync("secret");
        string key = Assert.Single(Directory.GetFiles(Path.Combine(temp.Folder, "keys")));
        string whole = await File.ReadAllTextAsync(key);
        int digit = whole.IndexOf("\"wrapped\":\"", StringComparison.Ordinal) + 20;
        await File.WriteAllTextAsync(key, whole[..digit] + (whole[digit] == '0' ? '1' : '0') + whole[(digit + 1)..]);

        await temp.ReopenAsync("secret");

        Assert.Single(temp.Store.Warnings);
        Assert.True((await Damage.RepairAsync(temp)).Ok);
        Assert.Equal(whole, await File.ReadAllTextAsync(key));
        Assert.Single(await temp.Store.KeysAsync(default));
    }

    [Fact]
    public async Task A_password_that_was_removed_or_changed_opens_nothing_and_leaves_no_copy()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        byte[] open = await File.ReadAllBytesAsync(
            Assert.Single(Directory.GetFiles(Path.Combine(temp.Folder, "copies", "keys"))));
        await temp.Store.AddPasswordAsync("one", "", default);
        KeyInfo two = await temp.Store.AddPasswordAsync("two", "", default);
        await temp.Store.ChangePasswordAsync("three", default);
        await temp.Store.RemoveKeyAsync(two.Id, default);
        await Damage.RepairAsync(temp);

        Assert.Equal(
            Assert.Single(Directory.GetFiles(Path.Combine(temp.Folder, "keys"))).Split('/')[^1],
            Assert.Single(Directory.GetFiles(Path.Combine(temp.Folder, "copies", "keys"))).Split('/')[^1]);
        Assert.DoesNotContain(Damage.FilesOf(temp).Values, file => file.AsSpan().SequenceEqual(open));
        foreach (string? password in (string?[])[null, "one", "two"])
        {
            await Assert.ThrowsAsync<StoreException>(
                () => Repository.OpenAsync(temp.Folder, new OpenOptions { Password = () => password }, default));
        }

        await temp.ReopenAsync("three");
    }

    [Fact]
    public async Task A_repository_from_before_there_were_copies_opens_and_gets_them()
    {
        foreach (bool byRepair in (bool[])[true, false])
        {
            await using TempRepository temp = await TempRepository.MakeAsync();
            await temp.SnapshotAsync(new MemorySource("local/any") { ["a"] = MemoryFile.Of("content a") });
            SortedDictionary<string, byte[]> copies = Damage.FilesOf(temp, "copies");
            Assert.Equal(3, copies.Count);
            Directory.Delete(Path.Combine(temp.Folder, "copies"), recursive: true);

            await temp.ReopenAsync();
            VerifyReport verified = await Damage.VerifyAsync(temp);
            Assert.True(verified.Ok);
            Assert.Single(verified.Notes);
            Assert.Empty(temp.Store.Warnings);
            if (byRepair)
            {
                await Damage.RepairAsync(temp);
                Assert.Equal(copies, Damage.FilesOf(temp, "copies"));
            }
            else
            {
                await temp.Store.AddPasswordAsync("secret", "", default);
                Assert.Equal(2, Damage.FilesOf(temp, "copies").Count);
            }
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_record_that_was_flipped_cut_or_removed_is_put_back_from_its_copy_or_the_catalog(
        bool fromCatalog)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new MemorySource("local/any") { ["a"] = MemoryFile.Of("content a") };
        Snapshot first = await temp.SnapshotAsync(source);
        Snapshot second = await temp.SnapshotAsync(source);
        string file = Path.Combine(temp.Folder, "snapshots", first.Id.ToString());
        byte[] whole = await File.ReadAllBytesAsync(file);
        for (int at = 0; at <= whole.Length; at += 67)
        {
            File.Delete(file);
            if (at + 67 <= whole.Length)
            {
                await File.WriteAllBytesAsync(file, at % 2 == 0 ? Damage.Flip(whole, at) : whole[..at]);
            }

            if (fromCatalog)
            {
                File.Delete(Path.Combine(temp.Folder, "copies", "snapshots", first.Id.ToString()));
            }
            else
            {
                await temp.Store.DisposeAsync();
                Damage.DeleteCatalog(temp);
            }

            await temp.ReopenAsync();
            Assert.False((await Damage.VerifyAsync(temp)).Ok, $"byte {at}");
            Assert.True((await Damage.RepairAsync(temp)).Ok, $"byte {at}");
            Assert.Equal(whole, await File.ReadAllBytesAsync(file));
            await temp.ReopenAsync();
            Assert.True((await Damage.VerifyAsync(temp)).Ok);
            Assert.Equal([first.Id, second.Id], (await temp.Store.ListAsync(default)).Select(snapshot => snapshot.Id));
            Assert.Empty((await Damage.RepairAsync(temp)).Done);
        }
    }

    /// <summary>Whatever a forgetting that was cut short left of it.</summary>
    [Fact]
    public async Task What_was_forgotten_is_not_put_back()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new MemorySource("local/any") { ["a"] = MemoryFile.Of("content a") };
        Snapshot first = await temp.SnapshotAsync(source);
        Snapshot second = await temp.SnapshotAsync(source);
        Directory.CreateDirectory(Path.Combine(temp.Folder, "forgotten"));
        File.Move(
            Path.Combine(temp.Folder, "snapshots", first.Id.ToString()),
            Path.Combine(temp.Folder, "forgotten", first.Id.ToString()));

        await temp.ReopenAsync();
        await Damage.RepairAsync(temp);

        Assert.Equal([second.Id], (await temp.Store.ListAsync(default)).Select(snapshot => snapshot.Id));
        Assert.False(File.Exists(Path.Combine(temp.Folder, "copies", "snapshots", first.Id.ToString())));
    }

    [Fact]
    public async Task A_record_that_is_there_no_more_is_said_to_be_lost_and_not_made_up()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot only = await temp.SnapshotAsync(new MemorySource("local/any") { ["a"] = MemoryFile.Of("content a") });
        await temp.Store.DisposeAsync();
        Damage.DeleteCatalog(temp);
        foreach (string folder in (string[])["snapshots", "copies/snapshots"])
        {
            string file = Path.Combine(temp.Folder, folder, only.Id.ToString());
            await File.WriteAllBytesAsync(file, Damage.Flip(await File.ReadAllBytesAsync(file), 99));
        }

        await temp.ReopenAsync();
        RepairReport report = await Damage.RepairAsync(temp);

        Assert.Contains(only.Id.ToString(), Assert.Single(report.Left), StringComparison.Ordinal);
        Assert.Empty(report.Done);
        Assert.Empty(await temp.Store.ListAsync(default));
    }
}
