using System.Runtime.Versioning;
using JadaStore.Store.Model;
using Microsoft.Win32.SafeHandles;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Sets and compares what the framework knows of a file: its mode where there is one, and its time.</summary>
internal sealed class PortableAttributes(TargetNotes notes)
{
    private const uint SetIds = 0xC00;

    /// <summary>Brings an open file to what its entry says.</summary>
    /// <returns>What could not be set; null when all could.</returns>
    public string? Apply(SafeFileHandle file, Entry entry)
    {
        Note(entry);
        if (!OperatingSystem.IsWindows() && Mode(entry) is { } mode)
        {
            File.SetUnixFileMode(file, mode);
        }

        return SetTime(entry, time => File.SetLastWriteTimeUtc(file, time));
    }

    /// <summary>Brings a file or folder, and no link, to what its entry says.</summary>
    /// <returns>What could not be set; null when all could.</returns>
    public string? Apply(string path, Entry entry)
    {
        Note(entry);
        if (!OperatingSystem.IsWindows() && Mode(entry) is { } mode)
        {
            File.SetUnixFileMode(path, mode);
        }

        // A folder's time is set as a file's is, on every system but Windows.
        return SetTime(entry, time =>
        {
            if (entry.Kind == EntryKind.Folder)
            {
                Directory.SetLastWriteTimeUtc(path, time);
            }
            else
            {
                File.SetLastWriteTimeUtc(path, time);
            }
        });
    }

    /// <summary>Whether mode and time are what the entry says, as far as they could be set.</summary>
    public static bool AreSame(string path, Entry entry)
    {
        if (!OperatingSystem.IsWindows() && Mode(entry) is { } mode && File.GetUnixFileMode(path) != mode)
        {
            return false;
        }

        // The framework keeps 100 ns.
        FileTime found = FileTime.From(new DateTimeOffset(File.GetLastWriteTimeUtc(path)));
        return entry.ModifiedTime is not { } time || found == time with { Nanoseconds = time.Nanoseconds / 100 * 100 };
    }

    // Owners cannot be set, so a file that runs as its owner would run as somebody whom the entry did not name.
    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode? Mode(Entry entry) => entry.Mode is uint mode
        ? (UnixFileMode)(mode & 0xFFF & (entry.Kind == EntryKind.Folder ? ~0u : ~SetIds))
        : null;

    private static string? SetTime(Entry entry, Action<DateTime> set)
    {
        if (entry.ModifiedTime is not { } time)
        {
            return null;
        }

        try
        {
            set(time.ToDateTimeOffset().UtcDateTime);
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return $"its time {time} could not be set: this system knows no such year";
        }
    }

    private void Note(Entry entry)
    {
        if (entry.Owner is not null)
        {
            notes.Add("owners are not restored on this system");
        }

        if (entry.Attributes.Count > 0)
        {
            notes.Add("extended attributes are not restored on this system");
        }
    }
}
