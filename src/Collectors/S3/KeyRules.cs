using System.Text;
using JadaStore.Collectors.Local.Ignore;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3;

/// <summary>Which keys are left out: the patterns of .gitignore, a key being the path of a file.</summary>
/// <remarks>Not thread-safe: it remembers the folder that the last key lay in.</remarks>
/// <param name="patterns">A pattern each.</param>
/// <param name="files">Files of patterns.</param>
internal sealed class KeyRules(IReadOnlyList<string> patterns, IReadOnlyList<string> files)
{
    private readonly IgnoreRules _rules = new(
        [.. patterns.Select(pattern => new IgnorePattern(Encoding.UTF8.GetBytes(pattern)))], [.. files.Select(Read)]);

    private EntryPath _folder;
    private bool _folderIsOut;

    /// <summary>Whether the key, or anything that reads as a folder above it, is left out.</summary>
    public bool Excludes(EntryPath key)
    {
        if (_rules.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<byte> path = key.Span;
        int name = path.LastIndexOf((byte)'/') + 1;
        if (!path[..name].SequenceEqual(_folder.Span))
        {
            _folder = new EntryPath(path[..name].ToArray());
            _folderIsOut = FolderIsOut(path[..name]);
        }

        return _folderIsOut || (name < path.Length && _rules.Excludes(path, name, isFolder: false));
    }

    private static IgnoreFile Read(string file)
    {
        try
        {
            return IgnoreFile.Parse(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.NotFound, $"The exclude file {file} cannot be read: {e.Message}",
                inner: e);
        }
    }

    private bool FolderIsOut(ReadOnlySpan<byte> path)
    {
        for (int start = 0, end = 0; end < path.Length; end++)
        {
            if (path[end] == (byte)'/')
            {
                if (end > start && _rules.Excludes(path[..end], start, isFolder: true))
                {
                    return true;
                }

                start = end + 1;
            }
        }

        return false;
    }
}
