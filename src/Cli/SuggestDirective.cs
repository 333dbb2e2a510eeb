using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli;

/// <summary>
/// What shells ask to complete a word: <c>jstore [suggest:POSITION] "jstore ls v1"</c>, a suggestion a line.
/// </summary>
/// <remarks>The framework's own directive cannot wait for a repository, and snapshot names come from one.</remarks>
internal sealed class SuggestDirective : Directive
{
    /// <param name="root">Completes its commands.</param>
    /// <param name="parsing">How words are read.</param>
    /// <param name="door">The way to a repository.</param>
    /// <param name="names">Filled with the snapshots there.</param>
    public SuggestDirective(RootCommand root, ParserConfiguration parsing, Door door, SnapshotNames names)
        : base("suggest") =>
        Action = new Suggest(this, root, parsing, door, names);

    private sealed class Suggest(
        SuggestDirective directive, RootCommand root, ParserConfiguration parsing, Door door, SnapshotNames names)
        : AsynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override async Task<int> InvokeAsync(
            ParseResult parseResult, CancellationToken cancellationToken = default)
        {
            string line = parseResult.UnmatchedTokens.Count > 0
                ? string.Join(' ', parseResult.UnmatchedTokens)
                : parseResult.Tokens.LastOrDefault(token => token.Type != System.CommandLine.Parsing.TokenType.Directive)?.Value ?? "";
            string? given = parseResult.GetResult(directive) is { Values: [var value, ..] } ? value : null;
            int position = int.TryParse(given, out int at) ? Math.Clamp(at, 0, line.Length) : line.Length;
            string words = WithoutProgram(line[..position]);
            ParseResult typed = root.Parse(words, parsing);
            names.Fill(await SnapshotsAsync(typed, cancellationToken).ConfigureAwait(false));
            string word = typed.GetCompletionContext().WordToComplete;
            foreach (CompletionItem item in typed.GetCompletions(words.Length))
            {
                string text = item.InsertText ?? item.Label;
                if (text.StartsWith(word, StringComparison.Ordinal))
                {
                    door.Shell.Out.WriteLine(text);
                }
            }

            return ExitCode.Done;
        }

        /// <summary>The program may be called by another name, or by a path.</summary>
        private static string WithoutProgram(string line)
        {
            int end = line.IndexOf(' ', StringComparison.Ordinal);
            return end < 0 ? "" : line[(end + 1)..];
        }

        /// <summary>
        /// Silent when there is no repository, or no password without asking: nobody sees messages while typing.
        /// </summary>
        private async Task<IReadOnlyList<string>> SnapshotsAsync(ParseResult typed, CancellationToken cancellationToken)
        {
            try
            {
                Run run = door.RunOf(typed);
                if (!Repository.Exists(run.Location.Path))
                {
                    return [];
                }

                var options = new Store.Requests.OpenOptions { Password = run.Passwords.Given };
                await using Repository repository =
                    await Repository.OpenAsync(run.Location.Path, options, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<Snapshot> all = await repository.ListAsync(cancellationToken).ConfigureAwait(false);
                return ["latest", .. all.Reverse().Select(snapshot => snapshot.Record.Name)];
            }
            catch (Exception e) when (e is StoreException or UsageException or IOException or NotImplementedException)
            {
                return [];
            }
        }
    }
}
