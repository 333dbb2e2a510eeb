using JadaStore.Store.Model;

namespace JadaStore.Cli.Patches;

/// <summary>One side of a patch.</summary>
/// <param name="Mode">As git writes it.</param>
/// <param name="Bytes">The content, or a link's target; null when it is too large to be compared, or was not
/// captured.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="Digest">Of the content, where the snapshot has one.</param>
internal sealed record PatchSide(string Mode, byte[]? Bytes, long Size, Digest? Digest = null)
{
    private const int ShownDigits = 10;

    /// <summary>A file.</summary>
    public const string Plain = "100644";

    /// <summary>A file that can be executed.</summary>
    public const string Executable = "100755";

    /// <summary>A symbolic link.</summary>
    public const string Link = "120000";

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsLink => Mode == Link;

    /// <summary>What stands for the content in an <c>index</c> line: zeros where there is none.</summary>
    public static string Id(PatchSide? side) =>
        side?.Digest is { } digest ? digest.ToString()[..ShownDigits] : new string('0', ShownDigits);
}
