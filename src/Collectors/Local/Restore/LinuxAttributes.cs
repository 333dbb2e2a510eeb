using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>
/// Brings owner, mode, times and extended attributes of one thing to what its entry says, and tells whether they are.
/// </summary>
/// <remarks>
/// The order matters: a change of owner takes setuid and capabilities away, and whoever may not write to a file may not
/// set its attributes; so owner, extended attributes, mode, times.
/// </remarks>
internal sealed class LinuxAttributes(LocalTargetOptions options, TargetNotes notes)
{
    private const uint SetUser = 0x800, SetGroup = 0x400, OwnerWrites = 0x80;
    private const string Family = "xattr.";

    private readonly bool _isRoot = LinuxCalls.EffectiveUser() == 0;

    /// <summary>Whether the process may give files away.</summary>
    public bool IsRoot => _isRoot;

    /// <summary>Sets what differs.</summary>
    /// <returns>What could not be set, in plain words; null when all is as the entry says, or as far as the options
    /// want it.</returns>
    /// <exception cref="IOException">The thing itself is out of reach.</exception>
    public string? Apply(LinuxNode node, Entry entry)
    {
        if (node.Stat(out LinuxStat stat) != 0)
        {
            throw LinuxErrors.Because("cannot look at what was made", LinuxCalls.Error);
        }

        var problems = new List<string>();
        Owner owner = SetOwner(node, entry, stat.Owner, problems);
        uint mode = stat.Mode;
        if (options.Attributes)
        {
            SetExtended(node, entry, ref mode, problems);
        }

        // After a change of owner the kernel may have taken bits away, so the mode is then set again.
        bool mayDiffer = owner != stat.Owner || entry.Attributes.Count > 0;
        if (WantedMode(entry, owner) is uint wanted && (wanted != mode || mayDiffer) && node.SetMode(wanted) != 0)
        {
            problems.Add(
                $"its mode {Convert.ToString(wanted, 8)} could not be set: {LinuxErrors.Text(LinuxCalls.Error)}");
        }

        if (entry.ModifiedTime is { } time)
        {
            ReadOnlySpan<LinuxTime> times = [LinuxTime.Omit, new LinuxTime(time.Seconds, time.Nanoseconds)];
            if (node.SetTimes(times) != 0)
            {
                problems.Add($"its time could not be set: {LinuxErrors.Text(LinuxCalls.Error)}");
            }
        }

        return problems.Count == 0 ? null : string.Join("; ", problems);
    }

    /// <summary>
    /// Whether owner, mode, times and attributes are what the entry says, as far as they could be set at all.
    /// </summary>
    public bool AreSame(LinuxNode node, in LinuxStat stat, Entry entry)
    {
        Owner expected = options.Owners && _isRoot ? entry.Owner ?? stat.Owner : stat.Owner;
        return stat.Owner == expected
            && (WantedMode(entry, expected) ?? stat.Mode) == stat.Mode
            && (entry.ModifiedTime ?? stat.ModifiedTime) == stat.ModifiedTime
            && (!options.Attributes || AreSameExtended(node, entry));
    }

    // A file that runs as its owner must not come to run as somebody whom the entry did not name.
    private static uint? WantedMode(Entry entry, Owner owner)
    {
        if (entry.Mode is not uint mode || entry.Kind == EntryKind.Symlink)
        {
            return null;
        }

        mode &= 0xFFF;
        if (entry.Kind != EntryKind.Folder && entry.Owner is { } named)
        {
            mode &= owner.User == named.User ? ~0u : ~SetUser;
            mode &= owner.Group == named.Group ? ~0u : ~SetGroup;
        }

        return mode;
    }

    private static byte[] NameOf(NamedValue attribute) =>
        Encoding.UTF8.GetBytes(attribute.Name[Family.Length..] + '\0');

    private static bool IsExtended(NamedValue attribute) => attribute.Name.StartsWith(Family, StringComparison.Ordinal);

    // What the system itself labels files with (SELinux, say) is left when an entry does not speak of it.
    private static bool IsOurs(ReadOnlySpan<byte> name) => name.StartsWith("user."u8)
        || name.StartsWith("system.posix_acl_"u8) || name.SequenceEqual("security.capability\0"u8);

    private Owner SetOwner(LinuxNode node, Entry entry, Owner current, List<string> problems)
    {
        if (entry.Owner is not { } wanted || wanted == current || !options.Owners)
        {
            return current;
        }

        if (!_isRoot)
        {
            notes.Add("owners are not restored: only root can give files to others");
            return current;
        }

        // The highest number means "leave it" to the kernel and belongs to nobody.
        if (wanted.User == uint.MaxValue || wanted.Group == uint.MaxValue)
        {
            problems.Add($"its owner {wanted.User}:{wanted.Group} cannot be set: there is no such number");
            return current;
        }

        if (node.SetOwner(wanted.User, wanted.Group) == 0)
        {
            return wanted;
        }

        problems.Add($"its owner {wanted.User}:{wanted.Group} could not be set: {LinuxErrors.Text(LinuxCalls.Error)}");
        return current;
    }

    private void SetExtended(LinuxNode node, Entry entry, ref uint mode, List<string> problems)
    {
        byte[] present = node.ListAttributes();
        if (present.Length == 0 && entry.Attributes.Count == 0)
        {
            return;
        }

        if (!_isRoot && entry.Kind != EntryKind.Symlink && (mode & OwnerWrites) == 0
            && node.SetMode(mode | OwnerWrites) == 0)
        {
            mode |= OwnerWrites;
        }

        foreach (NamedValue attribute in entry.Attributes.Where(IsExtended))
        {
            byte[] name = NameOf(attribute);
            bool isName = name.AsSpan().IndexOf((byte)0) == name.Length - 1;
            int error = !isName ? LinuxErrors.OutOfRange
                : node.HasAttribute(name, attribute.Value) || node.SetAttribute(name, attribute.Value) == 0 ? 0
                : LinuxCalls.Error;
            if (error != 0)
            {
                string shown = new EntryPath(name[..^1]).ToString();
                problems.Add($"its attribute {shown} could not be set: {LinuxErrors.Text(error)}");
            }
        }

        foreach (ReadOnlyMemory<byte> name in Surplus(present, entry))
        {
            if (node.RemoveAttribute(name.Span) != 0 && LinuxCalls.Error != LinuxErrors.NoData)
            {
                string shown = new EntryPath(name[..^1].ToArray()).ToString();
                problems.Add($"its attribute {shown} could not be removed: {LinuxErrors.Text(LinuxCalls.Error)}");
            }
        }
    }

    private static bool AreSameExtended(LinuxNode node, Entry entry) =>
        entry.Attributes.Where(IsExtended).All(attribute => node.HasAttribute(NameOf(attribute), attribute.Value))
        && Surplus(node.ListAttributes(), entry).Count == 0;

    private static List<ReadOnlyMemory<byte>> Surplus(ReadOnlyMemory<byte> present, Entry entry)
    {
        var surplus = new List<ReadOnlyMemory<byte>>();
        while (!present.IsEmpty)
        {
            int length = present.Span.IndexOf((byte)0) + 1;
            ReadOnlyMemory<byte> name = length == 0 ? present : present[..length];
            present = present[name.Length..];
            bool isWanted =
                entry.Attributes.Any(wanted => IsExtended(wanted) && name.Span.SequenceEqual(NameOf(wanted)));
            if (length > 0 && !isWanted && IsOurs(name.Span))
            {
                surplus.Add(name);
            }
        }

        return surplus;
    }
}
