namespace JadaStore.Store;

/// <summary>
/// The world failed us: the one exception that this library throws for what is not the caller's mistake.
/// </summary>
public sealed class StoreException : Exception
{
    /// <param name="fault">What kind of failure, for an exit code.</param>
    /// <param name="message">What failed, on what, where, expected against found; no secrets.</param>
    /// <param name="hint">What to do about it, in plain words; empty when there is nothing to say.</param>
    /// <param name="inner">The cause, when there is one.</param>
    public StoreException(StoreFault fault, string message, string hint = "", Exception? inner = null)
        : base(message, inner)
    {
        Fault = fault;
        Hint = hint;
    }

    /// <summary>What kind of failure this is.</summary>
    public StoreFault Fault { get; }

    /// <summary>Whether bytes that were stored are not to be had, be they changed or be it that the disk cannot read
    /// them: it is that of one object, and others may be whole.</summary>
    public bool IsDamage => Fault is StoreFault.Corrupt or StoreFault.Unreadable;

    /// <summary>What to do about it; may be empty.</summary>
    public string Hint { get; }
}
