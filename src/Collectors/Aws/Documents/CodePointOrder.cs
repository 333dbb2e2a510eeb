namespace JadaStore.Collectors.Aws.Documents;

/// <summary>Texts by their code points, as their UTF-8 bytes sort; UTF-16 puts some of them elsewhere.</summary>
internal sealed class CodePointOrder : IComparer<string>
{
    /// <summary>The one there is.</summary>
    public static readonly CodePointOrder Instance = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        int same = x.AsSpan().CommonPrefixLength(y);
        if (same == x?.Length || same == y?.Length)
        {
            return (x?.Length ?? 0).CompareTo(y?.Length ?? 0);
        }

        char left = x![same], right = y![same];
        return char.IsSurrogate(left) == char.IsSurrogate(right)
            ? left.CompareTo(right)
            : char.IsSurrogate(left) ? 1 : -1;
    }
}
