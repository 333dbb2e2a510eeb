using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Cli.Repositories;
using JadaStore.Cli.Sources;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Survey;
using JadaStore.Store;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore init</c>: makes a repository, and with <c>--aws</c> the <c>jstore.toml</c> of an
/// account.</summary>
internal sealed class InitCommand
{
    private readonly Option<bool> _noPassword = new("--no-password")
    {
        Description = "Seal it, but leave the key open beside it; a password can be added later",
    };

    private readonly Option<string?> _parity = new("--parity")
    {
        Description = "Give each pack so much parity, which mends bit rot without a second copy", HelpName = "PERCENT",
    };

    private readonly Option<bool> _estate = new("--aws")
    {
        Description = "Look at the AWS account, and write a jstore.toml here that takes all of it",
    };

    private readonly Option<string[]> _regions = new("--regions")
    {
        Description = "With --aws: these regions only; else all that the account has enabled",
        HelpName = "REGION",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly AwsFlags _aws = new();

    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var it = new InitCommand();
        var command = new DescribedCommand(
            "init",
            "Make a repository",
            "jstore init                          # .jstore here; asks for a password",
            "jstore init -r /backup/site --no-password",
            "JSTORE_PASSWORD=… jstore init -r /backup/site",
            "jstore init --parity 5%              # mends bit rot up to a twentieth of a pack",
            "jstore init --aws --profile work     # and describe the account in jstore.toml")
        {
            it._noPassword, it._parity, it._estate, it._regions,
        };
        it._aws.AddTo(command);
        door.Does(command, it.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(Run run, CancellationToken cancellationToken)
    {
        AwsOptions aws = _aws.Of(run);
        bool hasEstate = run.Get(_estate);
        if (!hasEstate && (aws != new AwsOptions() || run.Get(_regions).Length > 0))
        {
            throw new UsageException(
                "--regions, --profile, --region, --endpoint-url, --path-style and --no-sign-request go with --aws.");
        }

        RepositoryLocation location = run.Location;
        bool exists = Repository.Exists(location.Path);
        if (exists && !hasEstate)
        {
            throw new StoreException(
                StoreFault.RepositoryExists, $"There is a repository at {location.Path} already.");
        }

        string file = Path.Combine(run.Shell.Folder, ConfigFile.Name);
        if (hasEstate && File.Exists(file))
        {
            throw new StoreException(
                StoreFault.Refused, $"There is a {file} already; nothing was changed.",
                "Move it away, or run this in another folder.");
        }

        // Before the password is asked for, so that nothing is made where the account is out of reach.
        AccountView? view = hasEstate ? await LookAsync(run, aws, cancellationToken).ConfigureAwait(false) : null;
        RepositoryJson made = exists
            ? new RepositoryJson(null, location.Path, null)
            : await MakeAsync(run, location.Path, cancellationToken).ConfigureAwait(false);
        if (view is not null)
        {
            await WriteAsync(run, file, location, view, aws, cancellationToken).ConfigureAwait(false);
        }

        Print(run, made, file, view);
        return ExitCode.Done;
    }

    private async Task<AccountView> LookAsync(Run run, AwsOptions aws, CancellationToken cancellationToken)
    {
        run.Notice("looking at the account…");
        using var access = new AwsAccess(aws);
        string[] regions = run.Get(_regions);
        return await AccountSurvey.TakeAsync(access, regions.Length > 0 ? regions : null, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<RepositoryJson> MakeAsync(Run run, string location, CancellationToken cancellationToken)
    {
        string? password = run.Get(_noPassword) ? null : PasswordFor(run, location);
        var options = new CreateOptions { Password = password, Label = Environment.MachineName, Parity = RepairCommand.ParityOf(run.Get(_parity)) ?? 0 };
        await using Repository repository =
            await Repository.CreateAsync(location, options, cancellationToken).ConfigureAwait(false);
        return new RepositoryJson(repository.Id, repository.Location, repository.HasPassword);
    }

    private async Task WriteAsync(
        Run run, string file, RepositoryLocation location, AccountView view, AwsOptions aws,
        CancellationToken cancellationToken)
    {
        string below = Path.GetRelativePath(run.Shell.Folder, location.Path);
        string repository = below.StartsWith("..", StringComparison.Ordinal) ? location.Path : below;
        string text = new EstateFile(view, repository, aws) { Regions = run.Get(_regions) }.Text();
        using var stream = new StreamWriter(new FileStream(file, FileMode.CreateNew, FileAccess.Write));
        await stream.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
    }

    private static void Print(Run run, RepositoryJson made, string file, AccountView? view)
    {
        if (run.Json)
        {
            JsonOutput.Write(run.Out, made with { Estate = view is null ? null : EstateJson.Of(file, view) });
            return;
        }

        run.Shell.Print(made switch
        {
            { Id: null } => $"there is a repository in {made.Location} already; it is left as it is",
            { HasPassword: true } => $"made repository {made.Id[..8]} in {made.Location} (sealed with your password)",
            _ => $"made repository {made.Id[..8]} in {made.Location} "
                + "(its key lies open; `jstore key add` sets a password)",
        });
        if (view is null)
        {
            return;
        }

        run.Shell.Print(
            $"account {EntryText.Printable(view.Account)}: {Size.Count(view.Buckets.Count, "bucket", "buckets")}, "
            + $"{Size.Count(view.Regions.Count, "region", "regions")}");
        foreach (string line in new SurveyText(view).Lines())
        {
            run.Shell.Print("  " + EntryText.Printable(line));
        }

        if (view.BucketsProblem is { } problem)
        {
            run.Notice(problem);
        }

        run.Shell.Print($"wrote {file}; `jstore sources` shows what it takes, `jstore snapshot` takes it");
    }

    private static string PasswordFor(Run run, string location) =>
        run.Passwords.ForNew(location) ?? throw new UsageException(
            "No password and no terminal to ask on: set JSTORE_PASSWORD, give --password-file, or say --no-password.");
}
