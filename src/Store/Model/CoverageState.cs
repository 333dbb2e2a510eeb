namespace JadaStore.Store.Model;

/// <summary>What became of one part of a source.</summary>
public enum CoverageState
{
    /// <summary>Looked at, and all that is there was captured; that may be nothing.</summary>
    Captured,

    /// <summary>Looked at, and some of it could not be captured; the source's errors say what.</summary>
    Partial,

    /// <summary>The credentials do not allow it.</summary>
    Denied,

    /// <summary>The service or the region does not have it.</summary>
    Unsupported,

    /// <summary>It could not be looked at: no answer, or one that means nothing.</summary>
    Failed,

    /// <summary>Nobody can read it out, or jstore never asks for it: private keys, secret values, items.</summary>
    NotExported,
}
