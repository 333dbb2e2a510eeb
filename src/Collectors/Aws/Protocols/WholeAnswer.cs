namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>An answer with its whole body.</summary>
/// <param name="Status">200 to 299.</param>
/// <param name="Headers">Names in lower case.</param>
/// <param name="Body">From the wire: hostile.</param>
internal sealed record WholeAnswer(
    int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
