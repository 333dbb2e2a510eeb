using JadaStore.Store.Model;

namespace JadaStore.Store.Manifests;

/// <summary>What lost or changed more than it may; nothing where there is none.</summary>
internal static class ManifestAlarms
{
    /// <summary>Writes it.</summary>
    public static void Write(MarkdownText text, IReadOnlyList<SnapshotAlarm> alarms)
    {
        if (alarms.Count == 0)
        {
            return;
        }

        text.Heading("## Alarms");
        text.Line("| source | what | count | of | compared with |");
        text.Line("|---|---|---:|---:|---|");
        foreach (SnapshotAlarm alarm in alarms)
        {
            text.Row(
                MarkdownText.Code(alarm.Root),
                alarm.Kind switch
                {
                    AlarmKind.Lost => "entries are gone",
                    AlarmKind.Changed => "files have another content",
                    AlarmKind.Other => "something that a later version tells of",
                },
                MarkdownText.Number(alarm.Count),
                MarkdownText.Number(alarm.Of),
                MarkdownText.Code(alarm.Parent));
        }

        text.Line();
    }
}
