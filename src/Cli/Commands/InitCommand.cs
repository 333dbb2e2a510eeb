using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore init</c>: makes a repository.</summary>
internal static class InitCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Door door)
    {
        var noPassword = new Option<bool>("--no-password")
        {
            Description = "Seal it, but leave the key open beside it; a password can be added later",
        };
        var command = new DescribedCommand(
            "init",
            "Make a repository",
            "jstore init                          # .jstore here; asks for a password",
            "jstore init -r /backup/site --no-password",
            "JSTORE_PASSWORD=… jstore init -r /backup/site")
        {
            noPassword,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            string location = run.Location.Path;
            if (Repository.Exists(location))
            {
                throw new StoreException(StoreFault.RepositoryExists, $"There is a repository at {location} already.");
            }

            string? password = run.Get(noPassword) ? null : PasswordFor(run, location);
            var options = new CreateOptions { Password = password, Label = Environment.MachineName };
            await using Repository repository =
                await Repository.CreateAsync(location, options, cancellationToken).ConfigureAwait(false);
            if (run.Json)
            {
                JsonOutput.Write(run.Out, new RepositoryJson(repository.Id, repository.Location, repository.HasPassword));
            }
            else
            {
                string opens = password is null ? "its key lies open; `jstore key add` sets a password" : "sealed with your password";
                run.Out.WriteLine($"made repository {repository.Id[..8]} in {repository.Location} ({opens})");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string PasswordFor(Run run, string location) =>
        run.Passwords.ForNew(location) ?? throw new UsageException(
            "No password and no terminal to ask on: set JSTORE_PASSWORD, give --password-file, or say --no-password.");
}
