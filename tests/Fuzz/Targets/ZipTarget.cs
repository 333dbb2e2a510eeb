using System.IO.Compression;
using JadaStore.Collectors.Lambda;
using JadaStore.Collectors.Tests.Lambda;
using JadaStore.Store.Model;

namespace JadaStore.Fuzz.Targets;

/// <summary>A zip that Lambda hands out, listed and unpacked.</summary>
internal static class ZipTarget
{
    private static readonly EntryPath Folder = new("us-east-1/f/code/");

    /// <summary>Unpacks at most this much of it: what is claimed is bounded, and more would only take time.</summary>
    private const long EnoughBytes = 4 << 20;

    /// <summary>The target.</summary>
    public static FuzzTarget Zip { get; } = new("zip", Seeds, Run) { Memory = 64 << 20, MemoryPerByte = 4000 };

    private static void Run(byte[] bytes)
    {
        using var held = new HeldBytes(bytes.Length, inMemory: true);
        held.Write(0, bytes);
        using ZipArchive? archive = Promise.Unless<ZipArchive, IOException>(() => ZipMembers.Open(held));
        if (archive is null || Promise.Unless<IReadOnlyList<ZipMember>, IOException>(() => ZipMembers.Read(archive, Folder)) is not { } members)
        {
            return;
        }

        Promise.Holds(
            members.Sum(member => member.Size) is >= 0 and <= ZipMembers.MaxUnpacked, "what is claimed is bounded");
        EntryPath last = default;
        long left = EnoughBytes;
        foreach (ZipMember member in members)
        {
            Promise.Holds(last < member.Path, "each path comes once, in order");
            last = member.Path;
            Promise.Holds(
                member.Path.Span.StartsWith(Folder.Span) && member.Path.Length > Folder.Length,
                "none leads out of the folder");
            CheckNames(member.Path.Span[Folder.Length..]);
            if (member.Fault is null && member.Kind != EntryKind.Folder)
            {
                left -= Unpack(archive, member, left);
            }
        }
    }

    private static void CheckNames(ReadOnlySpan<byte> path)
    {
        path = path.EndsWith("/"u8) ? path[..^1] : path;
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> name = path[range];
            Promise.Holds(!name.IsEmpty && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8) && !name.Contains((byte)0),
                "its names can be restored");
        }
    }

    private static long Unpack(ZipArchive archive, ZipMember member, long most)
    {
        byte[] buffer = new byte[64 * 1024];
        long taken = 0;
        Promise.Unless<object, IOException>(() =>
        {
            using Stream content = ZipMembers.Guarded(archive.Entries[member.Index].Open);
            for (int count; taken < most && (count = ZipMembers.Guarded(() => content.Read(buffer))) > 0; taken += count)
            {
                if (taken + count > member.Size)
                {
                    break;
                }
            }

            return content;
        });
        return taken;
    }

    private static IEnumerable<byte[]> Seeds() =>
    [
        RawZip.OfFiles(("a.py", "print(1)\n"), ("lib/b.py", new string('x', 500)), ("lib/", "")),
        RawZip.Of(new RawZipEntry("../x", "1"), new RawZipEntry("/etc/passwd", "2"), new RawZipEntry("a/./b", "3")),
        RawZip.Of(new RawZipEntry("link", "../../x") { UnixMode = 0xA1FF }, new RawZipEntry("link/x", "1")),
        RawZip.Of(new RawZipEntry("same", "1"), new RawZipEntry("same", "2") { SharesContent = true }),
        RawZip.Of(new RawZipEntry("large", "1") { ClaimedSize = 1UL << 40 }, new RawZipEntry("locked", "1") { Flags = 1 }),
        RawZip.Of(new RawZipEntry([0xFF, 0, (byte)'x'], [1]) { Flags = 0 }),
    ];
}
