using System.Text.Json;
using JadaStore.Store.Model;

namespace JadaStore.Store.Sealing;

/// <summary>A snapshot record as the JSON that is sealed and hashed; docs/format.md, "snapshots/ID".</summary>
internal static class SnapshotJson
{
    private const string What = "A snapshot record";

    /// <summary>The record's JSON: equal records give equal bytes. Its hash is the snapshot's id.</summary>
    public static byte[] Encode(SnapshotRecord record) =>
        JsonSerializer.SerializeToUtf8Bytes(record, SealingJson.Default.SnapshotRecord);

    /// <summary>Reads a record.</summary>
    /// <remarks>
    /// Members that are not known are passed over. <c>version</c>, <c>nonce</c>, <c>name</c>, <c>time</c>, and in a
    /// source <c>root</c>, must be there; what else is missing is empty, 0 or false, so a source that does not say
    /// whether it is complete is not.
    /// </remarks>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.NewerFormat"/>: a later version of this program wrote it.
    /// <see cref="StoreFault.Corrupt"/>: it is not the JSON of a record.
    /// </exception>
    public static SnapshotRecord Decode(ReadOnlySpan<byte> json)
    {
        SnapshotRecord record = StoredJson.Read(json, SealingJson.Default.SnapshotRecord, "version", What);

        // Initial values do not survive generated deserialization: what is missing comes as null.
        record = record with
        {
            Message = record.Message ?? "",
            Host = record.Host ?? "",
            Program = record.Program ?? "",
            Tags = record.Tags ?? [],
            Sources = [.. (record.Sources ?? []).Select(Complete)],
        };
        Check(record);
        return record;
    }

    private static SnapshotSource Complete(SnapshotSource? source) =>
        source is null
            ? throw StoredJson.Damaged(What, "one of its sources is null")
            : source with { Errors = source.Errors ?? [], Excluded = source.Excluded ?? [] };

    private static void Check(SnapshotRecord record)
    {
        Require(IsHex(record.Nonce, 32), "its nonce is not 32 hex digits");
        Require(record.Name.Length > 0, "it has no name");
        Require(record.Parent is null || Digest.TryParse(record.Parent, out _), "its parent is not 64 hex digits");
        Require(record.DurationMs >= 0 && record.AddedBytes >= 0 && record.StoredBytes >= 0, "it counts below 0");
        Require(!record.Tags.Contains(null!), "one of its tags is null");
        Require(!record.LeftOut.Contains(null!), "one of the sources that it left out is null");
        foreach (SnapshotSource source in record.Sources)
        {
            Require(source.Root.Length > 0, "one of its sources has no root");
            Require(source.Tree is null || Digest.TryParse(source.Tree, out _), "a source's tree is not 64 hex digits");
            Require(source.Entries >= 0 && source.Bytes >= 0 && source.ErrorCount >= 0, "a source counts below 0");
            Require(source.UnlistedAfter?.Length % 2 is null or 0
                && source.UnlistedAfter?.All(char.IsAsciiHexDigit) != false,
                "where a source's listing broke off is not in hex");
            Require(
                source.Parts?.All(part => part is { By: not null, Folders: not null }
                    && !part.Folders.Contains(null!)) != false,
                "one of a source's parts is null");
            Require(!source.Errors.Contains(null!), "one of a source's errors is null");
            Require(!source.Excluded.Contains(null!), "one of a source's exclusions is null");
            Require(source.Coverage.All(line => line.Count >= 0), "a source's ledger counts below 0");
        }

        foreach (SnapshotAlarm? alarm in record.Alarms)
        {
            Require(alarm is not null, "one of its alarms is null");
            Require(alarm!.Root.Length > 0, "an alarm has no root");
            Require(Digest.TryParse(alarm.Parent, out _), "an alarm's parent is not 64 hex digits");
            Require(alarm.Count >= 0 && alarm.Of >= 0, "an alarm counts below 0");
        }
    }

    private static void Require(bool condition, string why)
    {
        if (!condition)
        {
            throw StoredJson.Damaged(What, why);
        }
    }

    private static bool IsHex(string text, int digits) => text.Length == digits && text.All(char.IsAsciiHexDigit);
}
