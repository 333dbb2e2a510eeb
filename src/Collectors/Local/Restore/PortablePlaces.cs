using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Turns paths from a repository into paths of the framework, below the target and through no link.</summary>
/// <remarks>
/// Each folder on the way is looked at before it is used. Between the look and the use somebody else could put a link
/// there: on Linux <see cref="LinuxFolders"/> leaves no such moment.
/// </remarks>
/// <param name="target">The target folder, as a full path.</param>
/// <param name="leftOut">Where nothing is changed.</param>
/// <param name="spelling">Which names are one to the file system.</param>
internal sealed class PortablePlaces(string target, PortableLeftOut leftOut, NameSpelling spelling)
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Where nothing is changed.</summary>
    public PortableLeftOut LeftOut => leftOut;

    /// <summary>As <see cref="Find"/>, for a place where something is to change.</summary>
    /// <exception cref="IOException">It lies in a folder that is left out; or as for <see cref="Find"/>.</exception>
    public string? FindToChange(EntryPath path, EntryKind kind, bool make)
    {
        // Before any folder is made on the way.
        if (!leftOut.IsEmpty)
        {
            TargetPath found = TargetPath.Of(path, OperatingSystem.IsWindows());
            if (leftOut.Holds(Path.Combine([target, .. Names(found.Span)])))
            {
                throw TargetPath.LeftOut();
            }
        }

        return Find(path, kind, make);
    }

    /// <summary>Finds the place of an entry.</summary>
    /// <param name="path">Hostile.</param>
    /// <param name="kind">What is to stand there, or <see cref="EntryKind.Folder"/> for whatever does.</param>
    /// <param name="make">Whether to make the folders above it that are missing.</param>
    /// <returns>The full path; null when a folder above it is missing, or none, and nothing is to be made.</returns>
    /// <exception cref="IOException">The path would leave the target, or cannot be one on this system, or something
    /// stands there or on the way that only the file system takes for it.</exception>
    public string? Find(EntryPath path, EntryKind kind, bool make)
    {
        TargetPath found = TargetPath.Of(path, OperatingSystem.IsWindows());
        if (found.IsFolder && kind != EntryKind.Folder)
        {
            throw new IOException("only a folder can have a path that is empty or ends in /");
        }

        if (make)
        {
            Directory.CreateDirectory(target);
        }

        string at = target;
        foreach (string name in Names(found.Parent))
        {
            at = Path.Combine(at, name);
            spelling.Require(at);
            FileAttributes? attributes = Attributes(at);
            if (attributes is null && make)
            {
                attributes = Directory.CreateDirectory(at).Attributes;
            }

            bool isFolder = attributes is { } there && IsPlainFolder(there);
            if (!isFolder)
            {
                return make
                    ? throw new IOException("a link or a file stands where a folder above it should be")
                    : null;
            }
        }

        if (!found.IsRoot)
        {
            at = Path.Combine(at, Names(found.Span[(found.Parent.Length + Slash(found))..])[0]);
            spelling.Require(at);
        }

        return at;
    }

    /// <summary>
    /// What the system says of what stands there, a link itself and not its target; null for nothing.
    /// </summary>
    public static FileAttributes? Attributes(string path)
    {
        try
        {
            return File.GetAttributes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether this is a folder, and no link to one.</summary>
    public static bool IsPlainFolder(FileAttributes attributes) =>
        (attributes & (FileAttributes.Directory | FileAttributes.ReparsePoint)) == FileAttributes.Directory;

    /// <summary>Removes what stands there: a file, a link itself, or an empty folder.</summary>
    /// <exception cref="IOException">It is a folder that is not empty.</exception>
    public static void Remove(string path)
    {
        if (Attributes(path) is not { } attributes)
        {
            return;
        }

        // On Windows a link to a folder is removed as a folder; elsewhere every link is removed as a file.
        bool asFolder = IsPlainFolder(attributes)
            || (OperatingSystem.IsWindows() && (attributes & FileAttributes.Directory) != 0);
        if (asFolder)
        {
            Directory.Delete(path, recursive: false);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static int Slash(TargetPath path) => path.Parent.IsEmpty ? 0 : 1;

    private static string[] Names(ReadOnlySpan<byte> path)
    {
        try
        {
            return path.IsEmpty ? [] : Strict.GetString(path).Split('/');
        }
        catch (DecoderFallbackException)
        {
            throw new IOException("its name is no UTF-8 text, and names on this system are text");
        }
    }
}
