using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace JadaStore.Collectors.Tests;

/// <summary>A shell script in bytes: for names that are no text, and for what .NET has no call for.</summary>
internal sealed class ShellScript
{
    private readonly ArrayBufferWriter<byte> _script = new();

    /// <summary>Adds a command; its last words are byte strings that are quoted.</summary>
    public void Add(string command, params byte[][] words)
    {
        _script.Write(Encoding.UTF8.GetBytes(command));
        foreach (byte[] word in words)
        {
            _script.Write(" '"u8);
            foreach (byte letter in word)
            {
                _script.Write(letter == '\'' ? "'\\''"u8 : [letter]);
            }

            _script.Write("'"u8);
        }

        _script.Write("\n"u8);
    }

    public string Run(string folder) => Run(folder, _script.WrittenSpan.ToArray());

    /// <summary>Runs a script in a folder.</summary>
    /// <returns>What it printed, each byte as one letter.</returns>
    public static string Run(string folder, byte[] script)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-e"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["LC_ALL"] = "C" },
        })!;
        shell.StandardInput.BaseStream.Write(script);
        shell.StandardInput.Close();
        using var output = new MemoryStream();
        shell.StandardOutput.BaseStream.CopyTo(output);
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, $"a script failed: {shell.ExitCode}\n{Encoding.Latin1.GetString(script)}");
        return Encoding.Latin1.GetString(output.ToArray());
    }
}
