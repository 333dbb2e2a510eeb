using JadaStore.Store.Model;

namespace JadaStore.Store.Manifests;

/// <summary>How to check the snapshot and to bring it back.</summary>
internal static class ManifestCommands
{
    /// <summary>Writes it.</summary>
    public static void Write(MarkdownText text, SnapshotRecord record)
    {
        string name = MarkdownText.Word(record.Name);
        text.Heading("## Verify and restore");
        text.Line("```sh");
        text.Line("jstore verify --data                       # every byte against its digest");
        text.Line($"jstore ls {name} --recursive -l");
        text.Line($"jstore restore --snapshot {name} --to ./restored");
        foreach (SnapshotSource source in record.Sources)
        {
            // In quotes always, for a person to copy and change.
            text.Line($"jstore restore --snapshot {name} --path {MarkdownText.Quoted(source.Root)} --to ./restored");
        }

        text.Line("```");
        text.Line();
        text.Line(
            "The digest of a file (`jstore ls --json`) is the BLAKE3 of its content: "
            + "`b3sum` on a restored file prints it.");
    }
}
