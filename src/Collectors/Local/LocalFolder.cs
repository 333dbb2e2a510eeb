using System.Runtime.CompilerServices;
using System.Text;
using JadaStore.Collectors.Local.Ignore;
using JadaStore.Collectors.Local.Linux;
using JadaStore.Collectors.Local.Portable;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local;

/// <summary>Captures a folder of this machine: files, folders, links, and what the system keeps about them.</summary>
/// <remarks>
/// <para>Links are recorded and not followed, but for the folder that was named. Pipes, sockets and devices are
/// recorded and not read. Names are bytes and need not be text.</para>
/// <para>On Linux an unchanged file costs one system call. Elsewhere the framework's own calls serve: there owners,
/// extended attributes, hard links and holes are not seen, and pipes and sockets look like empty files.</para>
/// </remarks>
public sealed class LocalFolder : ICollector
{
    private readonly string _folder;
    private readonly LocalFolderOptions _options;
    private readonly Lock _gate = new();
    private readonly List<string> _found = [];

    /// <param name="folder">The folder; may be a symbolic link to one.</param>
    /// <param name="root">Where its entries lie in a snapshot: <c>local/tools</c>.</param>
    /// <param name="options">What is captured; null: everything.</param>
    public LocalFolder(string folder, string root, LocalFolderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(root);
        _folder = Path.GetFullPath(folder);
        Root = root;
        _options = options ?? new LocalFolderOptions();
    }

    /// <inheritdoc/>
    public string Root { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// The options first; then, as far as the walk has come, each ignore file by its path, and the repository if it
    /// was met.
    /// </remarks>
    public IReadOnlyList<string> Excluded
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _options.Exclude.Select(pattern => "--exclude " + pattern),
                    .. _options.ExcludeFiles.Select(file => "--exclude-file " + file),
                    .. _found,
                ];
            }
        }
    }

    /// <summary>
    /// The root that a folder has by itself: <c>local/</c> and its name; <c>local/root</c> for a whole file system.
    /// </summary>
    /// <param name="folder">Any path; relative ones are taken from the working folder. A link keeps its own
    /// name.</param>
    public static string RootFor(string folder)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return "local/" + (name.Length > 0 ? name : "root");
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException"><see cref="StoreFault.SourceUnreachable"/>: no such folder, or it may not be
    /// read;
    /// <see cref="StoreFault.NotFound"/>: an exclude file is missing.</exception>
    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _found.Clear();
        }

        FolderReader reader = Open(Rules(), cancellationToken);
        var walk = new FolderWalk(reader, _options, Found);
        await foreach (SourceEntry entry in walk.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return entry;
        }
    }

    private FolderReader Open(IgnoreRules rules, CancellationToken cancellationToken) =>
        Syscalls.IsSupported && !_options.Portable
            ? new LinuxFolder(_folder, _options, rules, cancellationToken)
            : new PortableFolder(_folder, _options, rules, cancellationToken);

    private void Found(string rule)
    {
        lock (_gate)
        {
            _found.Add(rule);
        }
    }

    private IgnoreRules Rules() => new(
        [.. _options.Exclude.Select(pattern => new IgnorePattern(Encoding.UTF8.GetBytes(pattern)))],
        [.. _options.ExcludeFiles.Select(Read)]);

    private static IgnoreFile Read(string file)
    {
        try
        {
            return IgnoreFile.Parse(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                StoreFault.NotFound, $"The exclude file {file} cannot be read: {e.Message}", inner: e);
        }
    }
}
