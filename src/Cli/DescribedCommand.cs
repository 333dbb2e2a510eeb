using System.CommandLine;

namespace JadaStore.Cli;

/// <summary>A command with examples for its help.</summary>
/// <param name="name">What is typed.</param>
/// <param name="description">What it does, in one line.</param>
/// <param name="examples">Command lines that work, with a remark behind <c>#</c> where it helps.</param>
internal sealed class DescribedCommand(string name, string description, params IReadOnlyList<string> examples)
    : Command(name, description)
{
    /// <summary>For the help of the program as a whole.</summary>
    public static readonly IReadOnlyList<string> FirstSteps =
    [
        "jstore init                                # make .jstore here, sealed with a password",
        "jstore snapshot ./site -m 'before launch'  # v1.0",
        "jstore diff latest~1 latest --patch        # what changed",
        "jstore restore --path local/site --to /tmp/back",
    ];

    /// <summary>Command lines that work.</summary>
    public IReadOnlyList<string> Examples => examples;
}
