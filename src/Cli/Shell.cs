using System.Text;
using JadaStore.Cli.Output;

namespace JadaStore.Cli;

/// <summary>All that a command may touch of the process it runs in.</summary>
internal sealed class Shell
{
    /// <summary>Results, as text; buffered, flushed at the end.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Results, as bytes; <see cref="Out"/> writes to it, so flush that first.</summary>
    public required Stream OutBytes { get; init; }

    /// <summary>Progress and messages.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person reads the results.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person reads the messages.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether a person can be asked.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public Func<int> Width { get; init; } = () => 80;

    /// <summary>Clock and time zone.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A variable of the environment; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The working folder, as a full path.</summary>
    public required string Folder { get; init; }

    /// <summary>Asks for a password without echo, after printing what is given; only on a terminal.</summary>
    public Func<string, string> AskPassword { get; init; } = _ => "";

    /// <summary>Whether results may be coloured: a terminal, and <c>NO_COLOR</c> is not set.</summary>
    public bool Color => OutIsTerminal && string.IsNullOrEmpty(Variable("NO_COLOR"));

    /// <summary>Writes a line to <see cref="Error"/>. What it tells of may have been named by anybody: a terminal gets
    /// none of its control characters.</summary>
    public void Tell(string line) => Error.WriteLine(EntryText.Printable(line));

    /// <summary>Writes a line to <see cref="Out"/>, in the same way.</summary>
    public void Print(string line) => Out.WriteLine(EntryText.Printable(line));

    /// <summary>The process itself.</summary>
    public static Shell OfProcess()
    {
        Stream bytes = StandardOutput.Open();
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var error = new StreamWriter(Console.OpenStandardError(), utf8, bufferSize: 1024) { AutoFlush = true };
        bool asks = !Console.IsInputRedirected && !Console.IsErrorRedirected;
        return new Shell
        {
            Out = new StreamWriter(bytes, utf8, bufferSize: 16 * 1024) { NewLine = "\n" },
            OutBytes = bytes,
            Error = error,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
            InputIsTerminal = asks,
            Width = TerminalWidth,
            Variable = Environment.GetEnvironmentVariable,
            Folder = Environment.CurrentDirectory,
            AskPassword = prompt => PasswordPrompt.Ask(prompt, error),
        };
    }

    private static int TerminalWidth()
    {
        try
        {
            return Math.Max(Console.WindowWidth, 20);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
