using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

public sealed class PortableLeftOutTests : LeftOutContract
{
    private protected override IRestoreTarget Make(string folder, LocalTargetOptions options) =>
        new PortableTarget(Path.GetFullPath(folder), options, Notes, NameSpelling.OfFileSystem());

    [Fact]
    public void Links_that_lead_round_in_a_circle_are_an_error()
    {
        File.CreateSymbolicLink(Grounds.At("x"), "y");
        File.CreateSymbolicLink(Grounds.At("y"), "x");

        Assert.Throws<IOException>(() => Make(Grounds.Target, Grounds.At("x")));
    }
}
