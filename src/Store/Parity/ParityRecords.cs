using JadaStore.Store.Model;

namespace JadaStore.Store.Parity;

/// <summary>What is left of a parity file: its records that are whole.</summary>
/// <param name="Layout">Theirs.</param>
/// <param name="Whole">Records, each number of each group once.</param>
internal sealed record ParityRecords(ParityLayout Layout, IReadOnlyList<ParityRecord> Whole)
{
    /// <summary>Whether none is missing.</summary>
    public bool AreAll => Whole.Count == Layout.Groups * Layout.ParityCells;

    /// <summary>Reads a parity file, which may be hostile; null when no record of the pack is whole.</summary>
    /// <remarks>Where a record is broken, the next one is found by how it begins, wherever it begins.</remarks>
    public static ParityRecords? TryRead(PackId pack, ReadOnlyMemory<byte> file)
    {
        var found = new Dictionary<(int Group, int Number), ParityRecord>();
        ParityLayout? layout = null;
        for (int at = 0; at < file.Length;)
        {
            if (ParityRecord.TryDecode(file[at..], pack, out int length) is { } record)
            {
                // Of two layouts in one file one is left over; either alone is right.
                layout ??= record.Layout;
                if (record.Layout == layout)
                {
                    found.TryAdd((record.Group, record.Number), record);
                }

                at += length;
                continue;
            }

            int next = file.Span[(at + 1)..].IndexOf(ParityRecord.Magic);
            at = next < 0 ? file.Length : at + 1 + next;
        }

        return layout is { } same ? new ParityRecords(same, [.. found.Values]) : null;
    }
}
