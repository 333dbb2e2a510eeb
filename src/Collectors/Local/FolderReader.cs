using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local;

/// <summary>Lists the folders of one source. Safe to call from several threads.</summary>
internal abstract class FolderReader
{
    /// <summary>Name of the files that say what is left out below the folder they lie in.</summary>
    public static ReadOnlySpan<byte> IgnoreFileName => ".jstoreignore"u8;

    /// <summary>
    /// Largest ignore file that is read, in bytes: 16 MiB. A folder with a larger one is not captured.
    /// </summary>
    public const int MaxIgnoreFile = 16 << 20;

    /// <summary>The source's root, whose path is empty.</summary>
    public abstract Subfolder Root { get; }

    /// <summary>Lists and stats what is in a folder, and leaves out what the rules exclude.</summary>
    /// <remarks>What the file system refuses comes as <see cref="Listing.Problem"/>, never as an exception.</remarks>
    public abstract Listing List(Subfolder folder);

    /// <summary>An entry that this reader listed, as another name of the file at <paramref name="first"/>.</summary>
    public abstract SourceEntry AsHardLink(SourceEntry entry, EntryPath first);
}
