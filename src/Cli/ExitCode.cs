using JadaStore.Store;

namespace JadaStore.Cli;

/// <summary>What a process says when it ends; scripts rely on the numbers.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>
    /// Failed; nothing changed that was not said. Of <c>diff --exit-code</c>: there are differences. Of <c>status</c>:
    /// there is no snapshot, or the newest is too old.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>
    /// The snapshot was taken, or sources were compared, but some of a source could not be read. Of <c>status</c>: the
    /// newest is such a one.
    /// </summary>
    public const int Partial = 3;

    /// <summary>
    /// A source lost or changed more than it may: the snapshot is kept, and the one before it pinned.
    /// </summary>
    public const int Alarm = 4;

    /// <summary>There is no repository at that place.</summary>
    public const int NoRepository = 10;

    /// <summary>Another process holds the lock.</summary>
    public const int Locked = 11;

    /// <summary>The password is wrong, or there is none where one is needed.</summary>
    public const int WrongPassword = 12;

    /// <summary>Damage was found, in the repository or at a source.</summary>
    public const int Damaged = 13;

    /// <summary>Interrupted, and stopped cleanly.</summary>
    public const int Interrupted = 130;

    /// <summary>The table for help texts: a line each.</summary>
    public const string Table =
        """
        0    done
        1    failed; nothing changed that was not said. With `diff --exit-code`: there are differences
        2    usage
        3    snapshot taken, or sources compared, but some of a source could not be read
        4    snapshot taken, but a source lost or changed more than it may; the one before it is pinned
        10   no repository
        11   locked by another process
        12   wrong password
        13   damage found, in the repository or (`verify-source`) at a source
        130  interrupted
        """;

    /// <summary>The code for a failure of the store.</summary>
    public static int For(StoreFault fault) => fault switch
    {
        StoreFault.Io => Failed,
        StoreFault.Unreadable => Damaged,
        StoreFault.NoRepository => NoRepository,
        StoreFault.RepositoryExists => Failed,
        StoreFault.Locked => Locked,
        StoreFault.WrongPassword => WrongPassword,
        StoreFault.Corrupt => Damaged,
        StoreFault.NewerFormat => Failed,
        StoreFault.SourceUnreachable => Failed,
        StoreFault.NotFound => Failed,
        StoreFault.Ambiguous => Failed,
        StoreFault.Refused => Failed,
    };
}
