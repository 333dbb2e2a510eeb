namespace JadaStore.Collectors.Tests.Servers;

/// <summary>What goes wrong with one request. What concerns a body does nothing to an answer that has none.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>500 <c>InternalError</c>; the server never hears of the request.</summary>
    InternalError,

    /// <summary>503 <c>SlowDown</c>; the server never hears of the request.</summary>
    SlowDown,

    /// <summary>The connection is reset instead of an answer; the server never hears of the request.</summary>
    CutBeforeRequest,

    /// <summary>The connection is reset before the headers of the answer; the server has done what was asked.</summary>
    CutBeforeHeaders,

    /// <summary>The connection is reset in the middle of the answer's body.</summary>
    CutInBody,

    /// <summary>The connection ends in good order, one byte before the announced end of the body.</summary>
    ShortBody,

    /// <summary><c>Content-Length</c> announces one byte less than there is, and that is all that comes.</summary>
    WrongLength,

    /// <summary>One byte of the body has another value. Nobody can notice where nothing sums up the body.</summary>
    FlippedByte,

    /// <summary>No answer ever, until the proxy is disposed of; the server never hears of the request.</summary>
    Stall,

    /// <summary>Half of the answer's body, and then nothing more until the proxy is disposed of.</summary>
    StallInBody,
}
