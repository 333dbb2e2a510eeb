using System.Text;
using JadaStore.Collectors.Local.Ignore;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Portable;

/// <summary>Lists folders through the framework, on any system.</summary>
internal sealed class PortableFolder : FolderReader
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0, IgnoreInaccessible = false, MatchType = MatchType.Simple,
    };

    private readonly string _folder;
    private readonly LocalFolderOptions _options;
    private readonly CancellationToken _cancellationToken;

    /// <param name="folder">The root; may be a symbolic link.</param>
    /// <param name="options">What is captured.</param>
    /// <param name="rules">The options' patterns.</param>
    /// <param name="cancellationToken">Stops a listing that runs.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.SourceUnreachable"/>.</exception>
    public PortableFolder(
        string folder, LocalFolderOptions options, IgnoreRules rules, CancellationToken cancellationToken)
    {
        var info = new DirectoryInfo(folder);
        try
        {
            info = info.ResolveLinkTarget(returnFinalTarget: true) as DirectoryInfo ?? info;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                StoreFault.SourceUnreachable,
                $"The folder {folder} cannot be read: {PortableFault.Message(e)}.",
                inner: e);
        }

        if (!info.Exists)
        {
            throw new StoreException(
                StoreFault.SourceUnreachable,
                File.Exists(folder) ? $"{folder} is not a folder." : $"There is no folder {folder}.");
        }

        _folder = Path.TrimEndingDirectorySeparator(info.FullName);
        _options = options;
        _cancellationToken = cancellationToken;
        Root = new Subfolder(PortableEntry.Of([], info, options.Time), rules, this);
    }

    /// <inheritdoc/>
    public override Subfolder Root { get; }

    /// <inheritdoc/>
    public override SourceEntry AsHardLink(SourceEntry entry, EntryPath first) =>
        throw new NotSupportedException("The framework tells nothing of hard links.");

    /// <inheritdoc/>
    public override Listing List(Subfolder folder)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        string path = Encoding.UTF8.GetString(folder.Entry.Path.Span).TrimEnd('/');
        string location = path.Length == 0 ? _folder : Path.Join(_folder, path);
        var listing = new ListingBuilder(folder, this, 0);
        try
        {
            // A folder that became a link would lead out of the source.
            var info = new DirectoryInfo(location);
            if (!folder.Entry.Path.Span.IsEmpty && info.LinkTarget is not null)
            {
                return new Listing { Problem = "replaced by something else while the snapshot ran" };
            }

            var rules = new FileInfo(Path.Join(location, Encoding.UTF8.GetString(IgnoreFileName)));
            if (rules.Exists && rules.LinkTarget is null && rules.Length > 0)
            {
                AddRules(listing, rules);
            }

            foreach (FileSystemInfo found in info.EnumerateFileSystemInfos("*", Everything))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                Add(listing, found);
            }
        }
        catch (DirectoryNotFoundException)
        {
            return Listing.Gone;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Listing { Problem = PortableFault.Message(e) };
        }

        return listing.End();
    }

    private void Add(ListingBuilder listing, FileSystemInfo info)
    {
        byte[] name = Encoding.UTF8.GetBytes(info.Name);
        try
        {
            if ((int)info.Attributes == -1)
            {
                throw new FileNotFoundException();
            }

            bool isFolder = PortableEntry.KindOf(info) == EntryKind.Folder;
            if (listing.Excludes(name, isFolder))
            {
                return;
            }

            byte[] path = listing.PathOf(name, isFolder);
            if (_options.LeaveOut.Contains(info.FullName, StringComparer.Ordinal))
            {
                listing.LeaveOut(path);
                return;
            }

            listing.Add(PortableEntry.Of(path, info, _options.Time), isFolder, null);
        }
        catch (FileNotFoundException)
        {
            // What is gone is not there; but a name that is not text cannot be found again by the text made of it.
            if (info.Name.Contains('\uFFFD', StringComparison.Ordinal))
            {
                listing.AddFault(listing.PathOf(name, isFolder: false), EntryKind.File, "its name is not UTF-8");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            listing.AddFault(listing.PathOf(name, isFolder: false), EntryKind.File, PortableFault.Message(e));
        }
    }

    private static void AddRules(ListingBuilder listing, FileInfo rules)
    {
        if (rules.Length > MaxIgnoreFile)
        {
            throw new IOException($"its .jstoreignore is larger than {MaxIgnoreFile >> 20} MiB");
        }

        try
        {
            listing.AddRules(File.ReadAllBytes(rules.FullName));
        }
        catch (UnauthorizedAccessException)
        {
            // The file's own entry will say that it cannot be read.
        }
    }
}
