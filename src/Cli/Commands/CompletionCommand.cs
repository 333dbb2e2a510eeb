using System.CommandLine;
using JadaStore.Cli.Output;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore completion</c>: a script that teaches a shell to complete jstore's words.</summary>
internal static class CompletionCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new DescribedCommand(
            "completion",
            "Print a completion script for a shell",
            "source <(jstore completion bash)      # in ~/.bashrc",
            "source <(jstore completion zsh)       # in ~/.zshrc, after compinit",
            "jstore completion fish | source       # in ~/.config/fish/config.fish",
            "jstore completion pwsh | Out-String | Invoke-Expression")
        {
            shell,
        };
        door.Does(command, (run, _) =>
        {
            run.Out.WriteLine(CompletionScript.For(run.Get(shell)));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
