using System.Globalization;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>Entries, times and changes as a person or a script reads them.</summary>
internal static class EntryText
{
    /// <summary>The word of the JSON shapes: <c>file</c>, <c>folder</c>, <c>character_device</c>, …</summary>
    public static string Kind(EntryKind kind) => kind switch
    {
        EntryKind.File => "file",
        EntryKind.Folder => "folder",
        EntryKind.Symlink => "symlink",
        EntryKind.Pipe => "pipe",
        EntryKind.Socket => "socket",
        EntryKind.CharacterDevice => "character_device",
        EntryKind.BlockDevice => "block_device",
    };

    /// <summary>The word of the JSON shapes.</summary>
    public static string Change(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "added",
        ChangeKind.Removed => "removed",
        ChangeKind.Modified => "modified",
        ChangeKind.Metadata => "metadata",
        ChangeKind.Unknown => "unknown",
        ChangeKind.NotTakenInOlder or ChangeKind.NotTakenInNewer => "not_taken",
    };

    /// <summary>The letter of a listing of names and states: git's A, D and M, restic's U and ?, and N.</summary>
    public static char Letter(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => 'A',
        ChangeKind.Removed => 'D',
        ChangeKind.Modified => 'M',
        ChangeKind.Metadata => 'U',
        ChangeKind.Unknown => '?',
        ChangeKind.NotTakenInOlder or ChangeKind.NotTakenInNewer => 'N',
    };

    /// <summary><c>drwxr-xr-x</c>; <c>d?????????</c> where the source has no permissions.</summary>
    public static string Mode(EntryKind kind, uint? mode)
    {
        char letter = kind switch
        {
            EntryKind.File => '-',
            EntryKind.Folder => 'd',
            EntryKind.Symlink => 'l',
            EntryKind.Pipe => 'p',
            EntryKind.Socket => 's',
            EntryKind.CharacterDevice => 'c',
            EntryKind.BlockDevice => 'b',
        };
        return mode is { } bits
            ? string.Concat(letter, Triple(bits >> 6, (bits & 0x800) != 0, 's'))
                + Triple(bits >> 3, (bits & 0x400) != 0, 's') + Triple(bits, (bits & 0x200) != 0, 't')
            : letter + "?????????";
    }

    /// <summary><c>2026-03-01 14:05:09</c>, in the time zone of the shell.</summary>
    public static string Time(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>
    /// The same; what no calendar reaches is written as <see cref="FileTime.ToString"/> does, and none as <c>-</c>.
    /// </summary>
    public static string Time(FileTime? time, TimeZoneInfo zone) => time switch
    {
        null => "-",
        { Seconds: < -62135500000 or > 253402200000 } far => far.ToString(),
        { } near => Time(near.ToDateTimeOffset(), zone),
    };

    /// <summary>The target of a link; empty for what is none.</summary>
    public static string Target(Entry? entry) =>
        entry?.LinkTarget is { } target ? new EntryPath(target).ToString() : "";

    /// <summary>
    /// Text of any origin on one line, with control characters as paths have them: <c>\xNN</c>. A terminal obeys an
    /// escape sequence, wherever it comes from.
    /// </summary>
    public static string Printable(string text) => new EntryPath(text.ReplaceLineEndings(" ")).ToString();

    private static string Triple(uint bits, bool special, char letter)
    {
        char execute = (special, (bits & 1) != 0) switch
        {
            (true, true) => letter,
            (true, false) => char.ToUpperInvariant(letter),
            (false, true) => 'x',
            _ => '-',
        };
        return string.Concat((bits & 4) != 0 ? "r" : "-", (bits & 2) != 0 ? "w" : "-", execute.ToString());
    }
}
