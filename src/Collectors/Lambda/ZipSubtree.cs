using System.IO.Compression;
using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Lambda;

/// <summary>The files of a zip as a folder; looked into only when the zip is another one.</summary>
internal sealed class ZipSubtree : SourceSubtree
{
    private readonly RemoteZip _zip;
    private readonly HeldZips _held;

    private ZipSubtree(RemoteZip zip, HeldZips held) => (_zip, _held) = (zip, held);

    /// <summary>The folder.</summary>
    /// <param name="path">Inside the source; ends in <c>/</c>.</param>
    /// <param name="zip">Whose files it has.</param>
    /// <param name="held">Fetches it.</param>
    public static ZipSubtree Of(EntryPath path, RemoteZip zip, HeldZips held) => new(zip, held)
    {
        Path = path,
        Kind = EntryKind.Folder,
        Fingerprint = FingerprintOf(zip),
    };

    /// <inheritdoc/>
    public override double Room => _held.ShareOf(_zip);

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) =>
        new(new Entry { Path = Path, Kind = Kind, Fingerprint = Fingerprint });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<SourceEntry> ExpandAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (ZipMember member in await ListAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return member.Fault is { } fault
                ? new SourceFault { Path = member.Path, Kind = member.Kind, Message = fault }
                : ZipEntry.Of(member, _zip, _held, Fingerprint);
        }
    }

    // Nothing of the zip is held while its files are being used: they come one by one, and late.
    private async Task<IReadOnlyList<ZipMember>> ListAsync(CancellationToken cancellationToken)
    {
        using ZipLease lease = await _held.HoldAsync(_zip, cancellationToken).ConfigureAwait(false);
        ZipArchive archive = await lease.Zip.TakeArchiveAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            IReadOnlyList<ZipMember> members = ZipMembers.Read(archive, Path);

            // And the zip as a file.
            lease.Expect(1 + members.Count(member => member.Fault is null && member.Kind != EntryKind.Folder));
            return members;
        }
        finally
        {
            lease.Zip.GiveBack();
        }
    }

    // How a zip is read belongs to it: should that change, all are looked into again.
    private static byte[] FingerprintOf(RemoteZip zip) => System.Text.Encoding.ASCII.GetBytes($"zip-1 {zip.Sha256}");
}
