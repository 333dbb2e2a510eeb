using System.CommandLine;
using System.CommandLine.Parsing;

namespace JadaStore.Cli;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class UsageErrors
{
    private static readonly string[] FreeText = ["--message", "--label"];

    /// <summary>The message; null when there is nothing wrong.</summary>
    public static string? Of(ParseResult parsed)
    {
        if (MisreadOption(parsed) is { } option)
        {
            return $"There is no option {option} here; to mean a name that begins with a dash, put -- before it. {HelpOf(parsed)}";
        }

        if (parsed.Errors.Count == 0)
        {
            return EmptyValue(parsed) is { } empty
                ? $"{empty} is empty; leave it out, or say what is meant. {HelpOf(parsed)}"
                : null;
        }

        Command command = parsed.CommandResult.Command;
        if (command.Action is null && parsed.UnmatchedTokens is [var word, ..])
        {
            string nearest = Nearest(word, command) is { } name ? $" Did you mean `{name}`?" : "";
            return $"There is no command {word}.{nearest} {HelpOf(parsed)}";
        }

        string errors = string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct());
        return $"{errors.ReplaceLineEndings(" ")} {HelpOf(parsed)}";
    }

    /// <summary>
    /// The parser takes an unknown option for an argument where there is room for one; nobody means that.
    /// </summary>
    private static string? MisreadOption(ParseResult parsed)
    {
        int dashes = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Count();
        var behind = new HashSet<Token>(parsed.Tokens.Skip(dashes), ReferenceEqualityComparer.Instance);
        return parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => token.Value.Length > 1 && token.Value[0] == '-' && !behind.Contains(token))?.Value;
    }

    /// <summary>
    /// A variable that was never set becomes an empty word, and an empty path would mean everything. Only free text may
    /// be empty.
    /// </summary>
    private static string? EmptyValue(ParseResult parsed)
    {
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = command.Parent)
        {
            foreach (SymbolResult child in command.Children)
            {
                string? name = child switch
                {
                    OptionResult option when !FreeText.Contains(option.Option.Name) => option.Option.Name,
                    ArgumentResult argument => $"The argument {argument.Argument.Name}",
                    _ => null,
                };
                if (name is not null && child.Tokens.Any(token => token.Value.Length == 0))
                {
                    return name;
                }
            }
        }

        return null;
    }

    private static string HelpOf(ParseResult parsed)
    {
        var words = new List<string>();
        for (Symbol? symbol = parsed.CommandResult.Command; symbol is Command and not RootCommand; symbol = symbol.Parents.FirstOrDefault())
        {
            words.Add(symbol.Name);
        }

        words.Add("jstore");
        words.Reverse();
        return $"See `{string.Join(' ', words)} --help`.";
    }

    private static string? Nearest(string word, Command command)
    {
        const int Far = 3;
        return command.Subcommands
            .Where(candidate => !candidate.Hidden)
            .Select(candidate => (candidate.Name, Distance: Distance(word, candidate.Name)))
            .Where(candidate => candidate.Distance < Far)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>How many letters must be put in, taken out or changed (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[^1];
    }
}
