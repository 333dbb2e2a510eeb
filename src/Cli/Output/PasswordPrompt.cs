using System.Text;

namespace JadaStore.Cli.Output;

/// <summary>Asks for a password on a terminal, without echo.</summary>
internal static class PasswordPrompt
{
    /// <summary>Prints the prompt and reads a line.</summary>
    /// <exception cref="OperationCanceledException">The user pressed Ctrl-C or Ctrl-D.</exception>
    public static string Ask(string prompt, TextWriter error)
    {
        error.Write(prompt);
        bool before = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true; // else Ctrl-C would only be noticed after the next key
        try
        {
            return ReadLine();
        }
        finally
        {
            Console.TreatControlCAsInput = before;
            error.WriteLine();
        }
    }

    private static string ReadLine()
    {
        var typed = new StringBuilder();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            switch (key.KeyChar)
            {
                case '\r' or '\n':
                    return typed.ToString();
                case '\x03' or '\x04':
                    throw new OperationCanceledException("No password was given.");
                case '\b' or '\x7F':
                    typed.Length = Math.Max(0, typed.Length - 1);
                    break;
                case '\x15':
                    typed.Clear();
                    break;
                case >= ' ':
                    typed.Append(key.KeyChar);
                    break;
            }
        }
    }
}
