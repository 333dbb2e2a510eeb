namespace JadaStore.Store;

/// <summary>What went wrong in the world, as far as a caller can act on it.</summary>
public enum StoreFault
{
    /// <summary>Reading or writing failed: disk full, no permission, a network that is down.</summary>
    Io,

    /// <summary>The disk answers that it cannot read just these bytes, as of a bad sector. Not for what hits the whole
    /// of it: no permission, a disk or a network that is gone.</summary>
    Unreadable,

    /// <summary>There is no repository at the place given.</summary>
    NoRepository,

    /// <summary>There is a repository already where one was to be made.</summary>
    RepositoryExists,

    /// <summary>Another process holds the lock.</summary>
    Locked,

    /// <summary>No key slot opens with the password given, or none was given where one is needed.</summary>
    WrongPassword,

    /// <summary>Stored bytes are not what was written: damaged, cut off, swapped or forged.</summary>
    Corrupt,

    /// <summary>The repository was made by a newer version, in a format that this one does not know.</summary>
    NewerFormat,

    /// <summary>A source is out of reach as a whole.</summary>
    SourceUnreachable,

    /// <summary>A snapshot, path, source or key that was named does not exist.</summary>
    NotFound,

    /// <summary>A name given fits more than one thing.</summary>
    Ambiguous,

    /// <summary>What was asked for cannot be done as asked.</summary>
    Refused,
}
