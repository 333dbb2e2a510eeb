using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class PinsTests
{
    [Fact]
    public async Task A_pin_says_when_and_why_and_a_second_one_changes_nothing()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(SnapshotWriterTests.Many(1));

        Assert.True(await temp.Store.PinAsync(snapshot, "before the move", default));
        Assert.False(await temp.Store.PinAsync(snapshot, "another", default));

        await temp.ReopenAsync();
        (SnapshotId id, SnapshotPin pin) = Assert.Single(await temp.Store.PinsAsync(default));
        Assert.Equal((snapshot.Id, snapshot.Id, "before the move"), (id, pin.Snapshot, pin.Reason));
        Assert.NotNull(pin.Pinned);
    }

    /// <summary>A bit that flips in a pin must not be the end of what it holds.</summary>
    [Fact]
    public async Task A_damaged_pin_pins_all_the_same_and_is_told_of()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = SnapshotWriterTests.Many(1);
        Snapshot pinned = await temp.SnapshotAsync(source);
        await temp.SnapshotAsync(source);
        await temp.Store.PinAsync(pinned, "why", default);
        string file = Path.Combine(temp.Folder, "pins", pinned.Id.ToString());
        byte[] good = await File.ReadAllBytesAsync(file);
        foreach (byte[] bad in (byte[][])[[], good[..33], [.. good[..50], (byte)(good[50] ^ 4), .. good[51..]]])
        {
            await File.WriteAllBytesAsync(file, bad);

            IReadOnlyList<ForgetDecision> plan =
                await temp.Store.PlanForgetAsync(new ForgetRequest { Rules = new KeepRules { Last = 1 } }, default);
            Assert.Equal("pinned: its pin is damaged", plan[0].Reasons[0]);
            StoreException refused = await Assert.ThrowsAsync<StoreException>(
                () => temp.Store.ForgetAsync(new ForgetRequest { Snapshots = ["v1.0"] }, default));
            Assert.Equal(StoreFault.Refused, refused.Fault);
            Assert.Contains($"pins/{pinned.Id}", Assert.Single(temp.Store.Warnings), StringComparison.Ordinal);
        }

        Assert.True(await temp.Store.UnpinAsync(pinned, default));
        await temp.Store.ForgetAsync(new ForgetRequest { Snapshots = ["v1.0"] }, default);
    }

    [Fact]
    public async Task What_was_forgotten_meanwhile_is_not_pinned()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(SnapshotWriterTests.Many(1));
        await temp.Store.ForgetAsync(new ForgetRequest { Snapshots = ["v1.0"] }, default);

        StoreException gone =
            await Assert.ThrowsAsync<StoreException>(() => temp.Store.PinAsync(snapshot, "", default));

        Assert.Equal(StoreFault.NotFound, gone.Fault);
        Assert.Empty(await temp.Store.PinsAsync(default));
    }
}
