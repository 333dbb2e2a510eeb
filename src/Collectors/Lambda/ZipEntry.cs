using System.IO.Compression;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Lambda;

/// <summary>A file, folder or symbolic link in a zip; unpacked when it is opened.</summary>
internal sealed class ZipEntry : SourceEntry
{
    private readonly ZipMember _member;
    private readonly RemoteZip _zip;
    private readonly HeldZips _held;

    private ZipEntry(ZipMember member, RemoteZip zip, HeldZips held) => (_member, _zip, _held) = (member, zip, held);

    /// <summary>The entry.</summary>
    /// <param name="member">What it is; without a fault.</param>
    /// <param name="zip">Where it is.</param>
    /// <param name="held">Fetches that.</param>
    /// <param name="fingerprint">Of the zip: while that is the same, so are its entries.</param>
    public static ZipEntry Of(ZipMember member, RemoteZip zip, HeldZips held, byte[] fingerprint) =>
        new(member, zip, held)
        {
            Path = member.Path,
            Kind = member.Kind,
            Size = member.Kind == EntryKind.File ? member.Size : 0,
            ModifiedTime = member.ModifiedTime,
            Fingerprint = fingerprint,
        };

    /// <inheritdoc/>
    public override async ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken)
    {
        if (Kind != EntryKind.Symlink)
        {
            return Describe();
        }

        ZipEntryReader reader = await UnpackAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            byte[] target = new byte[_member.Size];
            int length = 0;
            while (await reader.ReadAsync(target.AsMemory(length), cancellationToken).ConfigureAwait(false)
                is { Bytes: > 0 } read)
            {
                length += read.Bytes;
            }

            await reader.FinishAsync(cancellationToken).ConfigureAwait(false);
            return Describe() with { LinkTarget = target };
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken) =>
        await UnpackAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>All but its content.</summary>
    public Entry Describe() => new()
    {
        Path = Path,
        Kind = Kind,
        Size = Size,
        ModifiedTime = ModifiedTime,
        Mode = _member.Mode,
        Fingerprint = Fingerprint,
        Problem = Kind == EntryKind.File ? null : _member.Doubt,
    };

    private async ValueTask<ZipEntryReader> UnpackAsync(CancellationToken cancellationToken)
    {
        ZipLease lease = await _held.HoldExpectedAsync(_zip, cancellationToken).ConfigureAwait(false);
        bool hasTurn = false;
        try
        {
            ZipArchive archive = await lease.Zip.TakeArchiveAsync(cancellationToken).ConfigureAwait(false);
            hasTurn = true;
            Stream content = ZipMembers.Guarded(archive.Entries[_member.Index].Open);
            return new ZipEntryReader(this, _member, content, lease);
        }
        catch
        {
            if (hasTurn)
            {
                lease.Zip.GiveBack();
            }

            lease.Dispose();
            throw;
        }
    }
}
