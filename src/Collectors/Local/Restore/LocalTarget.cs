using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Brings entries back into a folder on this machine.</summary>
/// <remarks>
/// <para>What stands in the target is never followed when it is a link: a link where a file belongs is replaced, and
/// one
/// where a folder above the file belongs is an error for that file. Only the target folder itself may be reached
/// through a link, and is looked up once; it is made when the first thing is restored into it.</para>
/// <para>A file appears whole and with its attributes, or not at all. When a part of its owner, mode, times or
/// attributes
/// could not be set it is there all the same, and the call that put it there throws.</para>
/// <para>On Linux names are bytes and every kind can be made. Elsewhere the framework's calls are used: names must be
/// UTF-8, owners and attributes stay as they are, and a note says so.</para>
/// </remarks>
public sealed class LocalTarget : IRestoreTarget
{
    private readonly TargetNotes _notes = new();
    private readonly IRestoreTarget _target;

    /// <param name="folder">The target; made when it is missing.</param>
    /// <param name="options">What is brought back.</param>
    /// <exception cref="IOException">It cannot be told where a folder is that is to be left out.</exception>
    public LocalTarget(string folder, LocalTargetOptions options)
    {
        string full = Path.GetFullPath(folder);
        _target = LinuxCalls.AreKnown
            ? new LinuxTarget(new LinuxFolders(full), options, _notes)
            : new PortableTarget(full, options, _notes, NameSpelling.OfFileSystem());
    }

    /// <summary>What a person should know of the restore as a whole, each once; asked for at the end.</summary>
    public IReadOnlyList<string> Notes => _notes.All;

    /// <summary>The name that a path gets where no folder can hold it as it is; docs/restore.md has the rule.</summary>
    /// <param name="path">Hostile; not a folder's.</param>
    /// <param name="windows">Whether the rules of Windows hold as well.</param>
    public static EntryPath EscapedName(EntryPath path, bool windows) =>
        EscapedNames.NameOf(path, isFolderToo: false, windows);

    /// <inheritdoc/>
    public EntryPath NameOf(EntryPath key, bool isFolderToo) =>
        EscapedNames.NameOf(key, isFolderToo, OperatingSystem.IsWindows());

    /// <inheritdoc/>
    public EntryPath KeyOf(EntryPath name) => EscapedNames.KeyOf(name);

    /// <inheritdoc/>
    public ValueTask<TargetState> InspectAsync(EntryPath path, Entry entry, CancellationToken cancellationToken) =>
        _target.InspectAsync(path, entry, cancellationToken);

    /// <inheritdoc/>
    public ValueTask MakeAsync(EntryPath path, Entry entry, CancellationToken cancellationToken) =>
        _target.MakeAsync(path, entry, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IRestoreWriter> CreateFileAsync(EntryPath path, Entry entry, CancellationToken cancellationToken) =>
        _target.CreateFileAsync(path, entry, cancellationToken);

    /// <inheritdoc/>
    public ValueTask LinkAsync(EntryPath path, EntryPath first, Entry entry, CancellationToken cancellationToken) =>
        _target.LinkAsync(path, first, entry, cancellationToken);

    /// <inheritdoc/>
    public ValueTask SetAttributesAsync(EntryPath path, Entry entry, CancellationToken cancellationToken) =>
        _target.SetAttributesAsync(path, entry, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<EntryPath> ListAsync(EntryPath path, CancellationToken cancellationToken) =>
        _target.ListAsync(path, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DeleteAsync(EntryPath path, CancellationToken cancellationToken) =>
        _target.DeleteAsync(path, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _target.DisposeAsync();
}
