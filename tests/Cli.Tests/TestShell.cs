using System.Text;

namespace JadaStore.Cli.Tests;

/// <summary>Runs command lines in this process and keeps what they print.</summary>
internal sealed class TestShell : IDisposable
{
    private readonly StringWriter _error = new();

    public TestShell() => Folder = Directory.CreateTempSubdirectory("jstore-cli-").FullName;

    public string Folder { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public Queue<string> Typed { get; } = [];

    public List<string> Asked { get; } = [];

    public bool IsTerminal { get; init; }

    /// <summary>The clock that commands go by.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public string Error => _error.ToString();

    public string Text => Encoding.UTF8.GetString(Bytes);

    public byte[] Bytes { get; private set; } = [];

    public Shell Shell(Stream output) => new()
    {
        Out = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" },
        OutBytes = output,
        Error = _error,
        Variable = name => Variables.GetValueOrDefault(name),
        Folder = Folder,
        InputIsTerminal = IsTerminal,
        OutIsTerminal = IsTerminal,
        AskPassword = Ask,
        Time = Time,
    };

    /// <summary>Runs one command line; what the one before printed is forgotten.</summary>
    public async Task<int> RunAsync(params string[] words)
    {
        _error.GetStringBuilder().Clear();
        using var output = new MemoryStream();
        int code = await new CommandLine(Shell(output)).RunAsync(words, CancellationToken.None);
        Bytes = output.ToArray();
        return code;
    }

    /// <summary>Makes a file, with the folders above it.</summary>
    public void Write(string path, string text)
    {
        string file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Ask(string prompt)
    {
        Asked.Add(prompt);
        return Typed.Dequeue();
    }
}
