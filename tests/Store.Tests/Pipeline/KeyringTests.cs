using System.Text;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Sealing;
using JadaStore.Store.Tests.Packs;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class KeyringTests : IDisposable
{
    // As cheap as can be: what a guess costs is KdfCost's to test.
    private static readonly KdfCost Cost = new(KdfCost.MinMemoryKib, 1);

    private readonly MasterKey _master = MasterKey.New();
    private readonly RepositoryId _repository = RepositoryId.New();
    private readonly MemoryBackend _backend = new();

    [Fact]
    public async Task The_first_password_closes_what_was_open_to_all()
    {
        Keyring keys = await OpenToAllAsync();

        KeyInfo added = await keys.AddAsync("secret", "laptop", default);

        KeyInfo only = Assert.Single(await keys.ListAsync(default));
        Assert.Equal(added.Id, only.Id);
        Assert.True(only is { HasPassword: true, Label: "laptop", IsCurrent: true });
        Assert.False(keys.Current.IsOpen);
        Assert.DoesNotContain(
            _backend.Objects.Values,
            file => Text(file).Contains(Convert.ToHexStringLower(_master.Bytes), StringComparison.Ordinal));
        Assert.Equal(["secret"], await OpeningAsync("secret", "Secret", "", "secret "));
    }

    [Fact]
    public async Task Each_of_several_passwords_opens_until_it_is_removed()
    {
        Keyring keys = await OpenToAllAsync();
        KeyInfo one = await keys.AddAsync("one", "", default), two = await keys.AddAsync("two", "", default);
        await keys.AddAsync("three", "", default);
        Assert.Equal(["one", "two", "three"], await OpeningAsync("one", "two", "three", "four"));

        await keys.RemoveAsync(two.Id, default);

        Assert.Equal(["one", "three"], await OpeningAsync("one", "two", "three", "four"));
        Assert.Equal([one.Id], (await keys.ListAsync(default)).Where(key => key.IsCurrent).Select(key => key.Id));
    }

    [Fact]
    public async Task A_changed_password_opens_and_the_old_one_no_more_and_the_others_still()
    {
        Keyring keys = await OpenToAllAsync();
        KeyInfo old = await keys.AddAsync("old", "laptop", default);
        await keys.AddAsync("other", "", default);

        KeyInfo changed = await keys.ChangeAsync("new", default);

        Assert.Equal(["new", "other"], await OpeningAsync("old", "new", "other"));
        Assert.NotEqual(old.Id, changed.Id);
        Assert.True(changed is { Label: "laptop", IsCurrent: true });
        await keys.ChangeAsync("newer", default);
        Assert.Equal(["newer", "other"], await OpeningAsync("old", "new", "newer", "other"));
    }

    [Fact]
    public async Task The_last_key_is_never_removed()
    {
        Keyring keys = await OpenToAllAsync();
        KeyInfo only = await keys.AddAsync("secret", "", default);

        await RefusedAsync(StoreFault.Refused, () => keys.RemoveAsync(only.Id, default));

        Assert.Equal(["secret"], await OpeningAsync("secret"));
    }

    /// <summary>A key that cannot be read opens nothing, so it does not count.</summary>
    [Fact]
    public async Task The_last_key_that_can_be_read_is_never_removed()
    {
        Keyring keys = await OpenToAllAsync();
        KeyInfo good = await keys.AddAsync("secret", "", default);
        _backend.Objects["keys/0123456789abcdef.json"] = "{\"version\":1,"u8.ToArray();

        await RefusedAsync(StoreFault.Refused, () => keys.RemoveAsync(good.Id, default));

        Assert.Equal(["secret"], await OpeningAsync("secret"));
    }

    [Fact]
    public async Task An_open_key_that_holds_another_master_key_does_not_count_as_one_that_is_left()
    {
        Keyring keys = await OpenToAllAsync();
        KeyInfo good = await keys.AddAsync("secret", "", default);
        using MasterKey other = MasterKey.New();
        await Keyring.WriteAsync(_backend, KeySlot.CreateOpen(other, "", DateTimeOffset.UnixEpoch), default);

        await RefusedAsync(StoreFault.Refused, () => keys.RemoveAsync(good.Id, default));

        Assert.Equal(2, (await keys.ListAsync(default)).Count);
    }

    [Fact]
    public async Task A_key_is_named_by_its_first_digits_when_they_are_its_alone()
    {
        Keyring keys = await OpenToAllAsync();
        KeyInfo[] all = [await keys.AddAsync("one", "", default), await keys.AddAsync("two", "", default), await keys.AddAsync("three", "", default)];

        await RefusedAsync(StoreFault.NotFound, () => keys.RemoveAsync("", default));
        await RefusedAsync(StoreFault.NotFound, () => keys.RemoveAsync("no", default));
        await RefusedAsync(StoreFault.NotFound, () => keys.RemoveAsync(all[1].Id + "0", default));
        await keys.RemoveAsync(all[1].Id[..12].ToUpperInvariant(), default);

        Assert.Equal(["one", "three"], await OpeningAsync("one", "two", "three"));
    }

    [Fact]
    public async Task Digits_that_begin_two_keys_remove_neither()
    {
        Keyring keys = await OpenToAllAsync();
        var ids = new List<string>();
        for (int i = 0; ids.GroupBy(id => id[0]).All(group => group.Count() < 2); i++)
        {
            ids.Add((await keys.AddAsync($"password {i}", "", default)).Id);
        }

        string digit = ids.GroupBy(id => id[0]).First(group => group.Count() > 1).Key.ToString();
        await RefusedAsync(StoreFault.Ambiguous, () => keys.RemoveAsync(digit, default));

        Assert.Equal(ids.Count, (await keys.ListAsync(default)).Count);
    }

    /// <summary>
    /// Where its file has another name, removing the key would take away nothing and still say that it did.
    /// </summary>
    [Fact]
    public async Task A_key_whose_file_has_another_name_is_damaged()
    {
        Keyring keys = await OpenToAllAsync();
        KeyInfo one = await keys.AddAsync("one", "", default);
        await keys.AddAsync("two", "", default);
        Assert.True(_backend.Objects.Remove($"keys/{one.Id}.json", out byte[]? file));
        _backend.Objects["keys/0000000000000000.json"] = file;
        _backend.Objects.Remove($"copies/keys/{one.Id}.json", out _);

        Assert.Equal(["two"], await OpeningAsync("one", "two"));
        Assert.DoesNotContain(await keys.ListAsync(default), key => key.Id == one.Id);
    }

    [Fact]
    public async Task A_damaged_key_beside_a_good_one_does_no_harm()
    {
        Keyring keys = await OpenToAllAsync();
        KeyInfo bad = await keys.AddAsync("bad", "", default);
        await keys.AddAsync("good", "", default);
        string name = $"keys/{bad.Id}.json";
        byte[] whole = _backend.Objects[name];
        for (int at = 0; at < whole.Length; at++)
        {
            _backend.Objects[name] = [.. whole[..at], (byte)(whole[at] ^ 1), .. whole[(at + 1)..]];
            IReadOnlyList<KeySlot> slots;
            try
            {
                slots = await Keyring.ReadAsync(_backend, default);
            }
            catch (StoreException e) when (e.Fault is StoreFault.NewerFormat)
            {
                Assert.Contains("version", Text(whole[..at]), StringComparison.Ordinal);
                continue;
            }

            Assert.Contains(slots, slot => slot.Id != bad.Id && Opens(slot, "good"));
            foreach (KeySlot slot in slots.Where(slot => slot.Id == bad.Id && slot.Cost == Cost))
            {
                // Only label, time and such are not vouched for.
                Assert.True(
                    !slot.TryUnwrap("bad", _repository, out MasterKey? key) || key.Bytes.SequenceEqual(_master.Bytes));
            }
        }
    }

    [Fact]
    public async Task Where_no_key_can_be_read_that_is_what_is_said()
    {
        await RefusedAsync(StoreFault.Corrupt, () => Keyring.ReadAsync(_backend, default));
        _backend.Objects["keys/0123456789abcdef.json"] = [];
        await RefusedAsync(StoreFault.Corrupt, () => Keyring.ReadAsync(_backend, default));
    }

    [Fact]
    public async Task An_empty_password_is_refused_and_changes_nothing()
    {
        Keyring keys = await OpenToAllAsync();

        await RefusedAsync(StoreFault.Refused, () => keys.AddAsync("", "", default));

        Assert.False(Assert.Single(await keys.ListAsync(default)).HasPassword);
    }

    [Fact]
    public async Task A_key_of_another_repository_opens_nothing_here()
    {
        Keyring keys = await OpenToAllAsync();
        await keys.AddAsync("secret", "", default);

        KeySlot slot = Assert.Single(await Keyring.ReadAsync(_backend, default));

        Assert.False(slot.TryUnwrap("secret", RepositoryId.New(), out _));
    }

    public void Dispose() => _master.Dispose();

    private static async Task RefusedAsync(StoreFault fault, Func<Task> work) =>
        Assert.Equal(fault, (await Assert.ThrowsAsync<StoreException>(work)).Fault);

    private static string Text(byte[] file) => Encoding.UTF8.GetString(file);

    private async Task<Keyring> OpenToAllAsync()
    {
        KeySlot slot = KeySlot.CreateOpen(_master, "", DateTimeOffset.UnixEpoch);
        await Keyring.WriteAsync(_backend, slot, default);
        return new Keyring(_backend, _master, _repository, Cost, TimeProvider.System) { Current = slot };
    }

    private async Task<List<string>> OpeningAsync(params string[] passwords)
    {
        IReadOnlyList<KeySlot> slots = await Keyring.ReadAsync(_backend, default);
        return [.. passwords.Where(password => slots.Any(slot => Opens(slot, password)))];
    }

    private bool Opens(KeySlot slot, string password)
    {
        if (!slot.TryUnwrap(password, _repository, out MasterKey? key))
        {
            return false;
        }

        using (key)
        {
            Assert.True(key.Bytes.SequenceEqual(_master.Bytes));
            return true;
        }
    }
}
