namespace JadaStore.Cli.Output;

/// <summary>
/// What teaches a shell to complete: each asks <c>jstore [suggest:POSITION] LINE</c> for words, and falls back to
/// files.
/// </summary>
internal static class CompletionScript
{
    private const string Bash =
        """
        _jstore_complete() {
            local word="${COMP_WORDS[COMP_CWORD]}" suggestions
            suggestions="$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "${suggestions}" -- "${word}"))
        }
        complete -o default -F _jstore_complete jstore
        """;

    private const string Zsh =
        """
        #compdef jstore
        _jstore() {
            local -a suggestions
            suggestions=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- "${(@)suggestions:#}" || _files
        }
        compdef _jstore jstore
        """;

    private const string Fish =
        """
        function __jstore_complete
            set -l line (commandline -cp)
            jstore "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c jstore -a '(__jstore_complete)'
        """;

    private const string PowerShell =
        """
        Register-ArgumentCompleter -Native -CommandName jstore -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            jstore "[suggest:$cursorPosition]" "$commandAst" 2>$null | Where-Object { $_ -like "$wordToComplete*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    /// <summary>The script for <c>bash</c>, <c>zsh</c>, <c>fish</c> or <c>pwsh</c>.</summary>
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => PowerShell,
        _ => throw new ArgumentException($"There is no completion script for {shell}.", nameof(shell)),
    };
}
