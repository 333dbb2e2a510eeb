using System.Text;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Sealing;

public sealed class KeySlotTests
{
    private const string Password = "Grüße, 世界 🔑";
    private static readonly KdfCost Cheap = new(8, 1);
    private static readonly RepositoryId Other = new(new byte[16]);

    /// <summary>Sealed by another program, with its own Argon2id and AES-GCM, from docs/format.md.</summary>
    private const string Pinned =
        """
        {"version":1,"id":"0123456789abcdef","label":"laptop","created":"2026-11-05T06:07:08.9Z","kdf":"argon2id",
        "memory_kib":65536,"iterations":3,"parallelism":1,"salt":"808182838485868788898a8b8c8d8e8f",
        "nonce":"a0a1a2a3a4a5a6a7a8a9aaab","wrapped":"fe648b33ff069967ded9e40125a75d18862b0c1345be5f01ac6090f9c7a03bbebc34085af895977cf41c80b51913cb5c"}
        """;

    [Fact]
    public void Opens_the_slot_that_is_pinned()
    {
        KeySlot slot = KeySlot.Decode(Encoding.UTF8.GetBytes(Pinned));

        Assert.Equal(
            ("0123456789abcdef", "laptop", Damage.Time, false), (slot.Id, slot.Label, slot.Created, slot.IsOpen));
        Assert.True(slot.TryUnwrap(Password, Damage.Repository, out MasterKey? master));
        Assert.Equal(Damage.Master().Bytes, master.Bytes);
        Assert.Equal(Pinned.ReplaceLineEndings(""), Encoding.UTF8.GetString(slot.Encode()));
    }

    [Fact]
    public void A_password_opens_its_slot_in_its_repository_and_nothing_else_does()
    {
        KeySlot slot = KeySlot.Decode(WithPassword().Encode());

        Assert.Equal(("Büro", Damage.Time, Cheap), (slot.Label, slot.Created, slot.Cost));
        Assert.True(slot.TryUnwrap(Password, Damage.Repository, out MasterKey? master));
        Assert.Equal(Damage.Master().Bytes, master.Bytes);
        foreach (string wrong in new[] { "", Password + " ", Password[..^2], Password.ToUpperInvariant() })
        {
            Assert.False(slot.TryUnwrap(wrong, Damage.Repository, out master));
            Assert.Null(master);
        }

        Assert.False(slot.TryUnwrap(Password, Other, out _));
    }

    [Fact]
    public void An_open_slot_opens_for_everyone()
    {
        KeySlot slot = KeySlot.Decode(KeySlot.CreateOpen(Damage.Master(), "", Damage.Time).Encode());

        Assert.True(slot.IsOpen);
        Assert.True(slot.TryUnwrap("anything", Other, out MasterKey? master));
        Assert.Equal(Damage.Master().Bytes, master.Bytes);
    }

    [Fact]
    public void No_two_slots_share_id_salt_nonce_or_sealed_key()
    {
        byte[] a = WithPassword().Encode(), b = WithPassword().Encode();

        Assert.NotEqual(KeySlot.Decode(a).Id, KeySlot.Decode(b).Id);
        Assert.All(
            new[] { "\"salt\":\"", "\"nonce\":\"", "\"wrapped\":\"" },
            member => Assert.NotEqual(ValueOf(a, member), ValueOf(b, member)));
        Assert.DoesNotContain(
            Convert.ToHexStringLower(Damage.Master().Bytes), Encoding.UTF8.GetString(a), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_slot_never_gives_another_key()
    {
        byte[] bytes = WithPassword().Encode();
        byte[] master = Damage.Master().Bytes.ToArray();
        int opened = 0;
        foreach (byte[] damaged in Damage.Of(bytes).Concat(Damage.Random(bytes, seed: 1, count: 2_000)))
        {
            KeySlot? slot = Damage.Try(() => KeySlot.Decode(damaged));
            if (slot is { IsOpen: false, Cost.MemoryKib: <= 1024 }
                && slot.TryUnwrap(Password, Damage.Repository, out MasterKey? key))
            {
                opened++;
                Assert.Equal(master, key.Bytes);
            }

            Assert.NotEqual(true, slot?.IsOpen);
        }

        // Id, label and time are not what the key hangs on.
        Assert.InRange(opened, 1, 600);
    }

    [Fact]
    public void A_damaged_open_slot_gives_a_key_that_the_config_refuses()
    {
        byte[] bytes = KeySlot.CreateOpen(Damage.Master(), "", Damage.Time).Encode();
        RepositoryConfig config = RepositoryConfig.Parse(
            new RepositoryConfig(Damage.Repository, Damage.Time, new()).Encode(Damage.Master()));
        foreach (byte[] damaged in Damage.Of(bytes).Concat(Damage.Random(bytes, seed: 2, count: 2_000)))
        {
            if (Damage.Try(() => KeySlot.Decode(damaged)) is { } slot
                && slot.TryUnwrap("", Damage.Repository, out MasterKey? key)
                && !key.Bytes.SequenceEqual(Damage.Master().Bytes))
            {
                Damage.IsFound(() => config.CheckMac(key));
            }
        }
    }

    [Theory]
    [InlineData("\"memory_kib\":65536", "\"memory_kib\":1048577")]
    [InlineData("\"memory_kib\":65536", "\"memory_kib\":99999999999")]
    [InlineData("\"memory_kib\":65536", "\"memory_kib\":7")]
    [InlineData("\"memory_kib\":65536", "\"memory_kib\":-1")]
    [InlineData("\"memory_kib\":65536", "\"memory_kib\":null")]
    [InlineData("\"iterations\":3", "\"iterations\":65")]
    [InlineData("\"iterations\":3", "\"iterations\":0")]
    [InlineData("\"iterations\":3", "\"iterations\":1e9")]
    [InlineData("\"parallelism\":1", "\"parallelism\":4")]
    [InlineData("\"parallelism\":1,", "")]
    [InlineData("\"salt\":\"80", "\"salt\":\"")]
    [InlineData("\"salt\":\"80", "\"salt\":\"zz")]
    [InlineData("\"nonce\":\"a0", "\"nonce\":\"A0")]
    [InlineData("\"nonce\":", "\"nonce_\":")]
    [InlineData("\"wrapped\":\"fe", "\"wrapped\":\"fefe")]
    [InlineData("\"kdf\":\"argon2id\"", "\"kdf\":\"scrypt\"")]
    [InlineData("\"kdf\":\"argon2id\"", "\"kdf\":\"none\"")]
    [InlineData("\"kdf\":\"argon2id\"", "\"kdf\":\"argon2id\",\"master\":\"\"")]
    [InlineData("\"kdf\":\"argon2id\"", "\"kdf\":\"argon2id\",\"kdf\":\"none\"")]
    [InlineData("\"id\":\"0123456789abcdef\"", "\"id\":\"0123456789abcde/\"")]
    [InlineData("\"id\":\"0123456789abcdef\"", "\"id\":null")]
    [InlineData("\"label\":\"laptop\",", "")]
    [InlineData("08.9Z", "08.9")]
    [InlineData("08.9Z", "08.9+00:00")]
    [InlineData("\"2026-11-05T06:07:08.9Z\"", "5")]
    [InlineData("\"version\":1", "\"version\":0")]
    [InlineData("\"version\":1", "\"version\":\"1\"")]
    [InlineData("\"version\":1,", "")]
    [InlineData("{", "[")]
    public void A_slot_that_asks_for_what_may_not_be_is_refused(string what, string instead)
    {
        string text = Pinned.Replace(what, instead, StringComparison.Ordinal);

        Assert.NotEqual(Pinned, text);
        Damage.IsFound(() => KeySlot.Decode(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_slot_of_a_later_version_is_called_newer_whatever_else_it_holds()
    {
        var thrown = Assert.Throws<StoreException>(() => KeySlot.Decode("""{"shape":[],"version":2}"""u8));

        Assert.Equal(StoreFault.NewerFormat, thrown.Fault);
    }

    [Fact]
    public void Members_that_are_not_known_are_passed_over() =>
        Assert.Equal(
            "laptop",
            KeySlot.Decode(Encoding.UTF8.GetBytes(Pinned.Replace("{", "{\"x\":{},", StringComparison.Ordinal))).Label);

    [Fact]
    public void An_empty_password_is_refused()
    {
        var thrown = Assert.Throws<StoreException>(() =>
            KeySlot.CreateWithPassword(Damage.Master(), Damage.Repository, "", "", Cheap, Damage.Time));

        Assert.Equal(StoreFault.Refused, thrown.Fault);
    }

    private static KeySlot WithPassword() =>
        KeySlot.CreateWithPassword(Damage.Master(), Damage.Repository, Password, "Büro", Cheap, Damage.Time);

    private static string ValueOf(byte[] json, string member)
    {
        string text = Encoding.UTF8.GetString(json);
        int start = text.IndexOf(member, StringComparison.Ordinal) + member.Length;
        return text[start..text.IndexOf('"', start)];
    }
}
