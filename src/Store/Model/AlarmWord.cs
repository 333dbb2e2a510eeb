namespace JadaStore.Store.Model;

/// <summary>An alarm's kind in one word: of records, of JSON, for people.</summary>
public static class AlarmWord
{
    /// <summary><c>lost</c>, <c>changed</c>, <c>other</c>.</summary>
    public static string Of(AlarmKind kind) => kind switch
    {
        AlarmKind.Lost => "lost",
        AlarmKind.Changed => "changed",
        AlarmKind.Other => "other",
    };

    /// <summary>The kind that a word stands for; a word that is not known is taken for <c>other</c>.</summary>
    /// <remarks>A later version may know more of them, and its alarm must not make a snapshot unreadable.</remarks>
    public static AlarmKind Read(string word) => word switch
    {
        "lost" => AlarmKind.Lost,
        "changed" => AlarmKind.Changed,
        _ => AlarmKind.Other,
    };
}
