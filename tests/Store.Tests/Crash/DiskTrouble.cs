namespace JadaStore.Store.Tests.Crash;

/// <summary>What goes wrong with a <see cref="SimulatedDisk"/>, and when.</summary>
internal sealed class DiskTrouble
{
    // errno, as .NET keeps it in HResult on Unix.
    private const int IoError = 5, NoSpace = 28;

    private readonly Lock _lock = new();
    private readonly Func<DiskCall, bool> _counts;
    private readonly int _at, _until;
    private readonly Func<string, Exception> _make;

    /// <summary>No trouble; the calls are counted all the same.</summary>
    public DiskTrouble() : this(_ => true, int.MaxValue, int.MaxValue, _ => new InvalidOperationException())
    {
    }

    private DiskTrouble(Func<DiskCall, bool> counts, int at, int until, Func<string, Exception> make) =>
        (_counts, _at, _until, _make) = (counts, at, until, make);

    /// <summary>How many calls there were of the kind that counts.</summary>
    public int Calls { get; private set; }

    /// <summary>Whether anything went wrong.</summary>
    public bool Struck { get; private set; }

    /// <summary>From the n-th call on that takes room, there is none; deleting works.</summary>
    public static DiskTrouble Full(int at) => new(
        call =>
            call is DiskCall.Create or DiskCall.Write or DiskCall.Move or DiskCall.MakeFolder or DiskCall.Flush, at,
            int.MaxValue,
        path => new IOException($"No space left on device : '{path}'", NoSpace));

    /// <summary>The n-th call fails, and no other.</summary>
    public static DiskTrouble Error(int at) => new(
        _ => true, at, at + 1, path => new IOException($"Input/output error : '{path}'", IoError));

    /// <summary>The process dies at the n-th call that changes something: nothing it does later happens.</summary>
    public static DiskTrouble Killed(int at) => new(Changes, at, int.MaxValue, _ => new KilledException());

    /// <summary>Called before each call.</summary>
    public void Meet(DiskCall call, string path)
    {
        lock (_lock)
        {
            if (!_counts(call))
            {
                return;
            }

            int number = Calls++;
            if (number >= _at && number < _until)
            {
                Struck = true;
                throw _make(path);
            }
        }
    }

    private static bool Changes(DiskCall call) => call is not (DiskCall.Open or DiskCall.Read or DiskCall.List);

    /// <summary>Not an <see cref="IOException"/>: nothing in the program may take it for a fault of the disk.</summary>
    internal sealed class KilledException : Exception;
}
