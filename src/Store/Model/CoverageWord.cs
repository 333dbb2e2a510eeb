namespace JadaStore.Store.Model;

/// <summary>What became of a part of a source, in one word: of records, of JSON, for people.</summary>
public static class CoverageWord
{
    /// <summary><c>captured</c>, <c>partial</c>, <c>denied</c>, <c>unsupported</c>, <c>failed</c>,
    /// <c>not_exported</c>.</summary>
    public static string Of(CoverageState state) => state switch
    {
        CoverageState.Captured => "captured",
        CoverageState.Partial => "partial",
        CoverageState.Denied => "denied",
        CoverageState.Unsupported => "unsupported",
        CoverageState.Failed => "failed",
        CoverageState.NotExported => "not_exported",
    };

    /// <summary>The state that a word stands for; a word that is not known is taken for <c>failed</c>.</summary>
    /// <remarks>A later version may know more of them, and its ledger must not make a snapshot unreadable.</remarks>
    public static CoverageState Read(string word) => word switch
    {
        "captured" => CoverageState.Captured,
        "partial" => CoverageState.Partial,
        "denied" => CoverageState.Denied,
        "unsupported" => CoverageState.Unsupported,
        "not_exported" => CoverageState.NotExported,
        _ => CoverageState.Failed,
    };
}
