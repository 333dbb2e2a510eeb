using System.Text;
using JadaStore.Cli.Output;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Survey;

namespace JadaStore.Cli.Repositories;

/// <summary>The <c>jstore.toml</c> that describes an account, with comments on what was seen of it.</summary>
/// <param name="view">What was seen.</param>
/// <param name="repository">As it is to be written.</param>
/// <param name="aws">How the account was reached, as it was said on the command line.</param>
internal sealed class EstateFile(AccountView view, string repository, AwsOptions aws)
{
    /// <summary>The regions that the account is taken in; empty: all.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The whole text; it is what <see cref="ConfigFile"/> reads.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.Append($"""
            # What `jstore snapshot` takes, side by side; `jstore snapshot NAME` takes one of the sources, and
            # `jstore sources` shows what that would be. Written by `jstore init --aws`
            # for account {Comment(view.Account)} ({Comment(view.Caller)}).

            repository = {Quoted(repository)}

            # The configuration of every service that jstore knows, as documents under SERVICE/REGION/…
            # Values of secrets and items of tables are never asked for. `jstore iam-policy` prints what must be
            # allowed.
            [[source]]
            type = "aws"
            name = "aws"
            {Account()}services = ["*"]                        # names or globs
            # exclude-services = ["logs"]
            # Names or globs; "all": all that the account has enabled.
            regions = [{Taken()}]
            # exclude = ["lambda/*/test-*"]         # globs over SERVICE/REGION/… paths
            # prefix = "acme"                       # acme/lambda/…: for a second account in the same repository
            #
            # Seen when this was written, on the first page of each list:

            """);
        foreach (string line in new SurveyText(view).Lines())
        {
            text.Append("# ").Append(Comment(line)).Append('\n');
        }

        text.Append('\n').Append(Buckets()).Append("""

            # [[source]]
            # type = "local"
            # path = "tools"                        # a folder; relative to this file

            # [[source]]
            # type = "apps-script"                  # Google Apps Script, with the login that clasp keeps
            # scripts = ["all"]                     # or script ids; or folders = ["…"] that clasp pulled

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private string Buckets()
    {
        string mark = view.Buckets.Count > 0 ? "" : "# ";
        string found = view.BucketsProblem is { } problem
            ? $"The account's buckets could not be listed: {Comment(problem)} Name them here."
            : $"The account has {Size.Count(view.Buckets.Count, "bucket", "buckets")}.";
        string[] logs = [.. view.Buckets.Where(IsLog).Order(StringComparer.Ordinal)];
        string leftOut = logs.Length > 0
            ? $"# exclude-buckets = [{string.Join(", ", logs.Select(Quoted))}]" : "# exclude-buckets = [\"*-logs\"]";
        return $"""
            # {found} Objects come under s3/BUCKET, configuration under s3-config/BUCKET.
            {mark}[[source]]
            {mark}type = "s3"
            {mark}name = "s3"
            {Account(mark)}{mark}buckets = ["*"]                         # names or globs
            {leftOut}
            {mark}versions = "current"                    # "all": earlier versions and delete markers too
            {mark}config = true

            """;
    }

    private string Account(string mark = "")
    {
        (string Key, string? Value)[] said =
            [("profile", aws.Profile), ("region", aws.Region), ("endpoint-url", aws.EndpointUrl)];
        return string.Concat(said.Where(one => one.Value is not null)
            .Select(one => $"{mark}{one.Key} = {Quoted(one.Value!)}\n"));
    }

    private string Taken() => Regions.Count == 0 ? "\"all\"" : string.Join(", ", Regions.Select(Quoted));

    private static bool IsLog(string bucket) =>
        bucket.Contains("-logs", StringComparison.Ordinal) || bucket.Contains("cloudtrail", StringComparison.Ordinal)
        || bucket.EndsWith("-log", StringComparison.Ordinal);

    private static string Comment(string text) => EntryText.Printable(text);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char letter in text)
        {
            quoted.Append(letter switch
            {
                '"' or '\\' => $"\\{letter}",
                _ when char.IsControl(letter) => $"\\u{(int)letter:X4}",
                _ => letter.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
