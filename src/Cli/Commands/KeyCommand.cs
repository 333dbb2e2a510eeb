using System.CommandLine;
using JadaStore.Cli.Output;
using JadaStore.Cli.Output.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Commands;

/// <summary><c>jstore key</c>: the passwords that open a repository.</summary>
internal static class KeyCommand
{
    /// <summary>The command with those below it.</summary>
    public static Command Create(Door door) =>
        new Command("key", "List, add, change and remove passwords")
        {
            List(door), Add(door), Change(door), Remove(door),
        };

    private static DescribedCommand List(Door door)
    {
        var command = new DescribedCommand("list", "List the keys", "jstore key list");
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyList<KeyInfo> keys = await repository.KeysAsync(cancellationToken).ConfigureAwait(false);
            if (run.Json)
            {
                JsonOutput.WriteList(run.Out, keys.Select(KeyJson.Of));
                return ExitCode.Done;
            }

            var table = new Table("ID", "LABEL", "CREATED", "OPENS WITH", "");
            foreach (KeyInfo key in keys)
            {
                string time = EntryText.Time(key.Created, run.Shell.Time.LocalTimeZone);
                table.Add(
                    key.Id, EntryText.Printable(key.Label), time, key.HasPassword ? "password" : "nothing (open)",
                    key.IsCurrent ? "current" : "");
            }

            table.WriteTo(run.Out);
            return ExitCode.Done;
        });
        return command;
    }

    private static DescribedCommand Add(Door door)
    {
        var label = new Option<string>("--label")
        {
            Description = "What to call it", DefaultValueFactory = _ => Environment.MachineName,
        };
        Option<string?> file = NewPasswordFile();
        var command = new DescribedCommand(
            "add", "Add a password; the first one closes a repository that was open", "jstore key add --label laptop")
        {
            label, file,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            string password = run.Passwords.Additional(run.Get(file));
            KeyInfo key =
                await repository.AddPasswordAsync(password, run.Get(label), cancellationToken).ConfigureAwait(false);
            Print(run, key, "added key");
            return ExitCode.Done;
        });
        return command;
    }

    private static DescribedCommand Change(Door door)
    {
        Option<string?> file = NewPasswordFile();
        var command = new DescribedCommand("change", "Put a new password in place of the one given", "jstore key change") { file };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            string password = run.Passwords.Additional(run.Get(file));
            KeyInfo key = await repository.ChangePasswordAsync(password, cancellationToken).ConfigureAwait(false);
            Print(run, key, "changed; it is now key");
            return ExitCode.Done;
        });
        return command;
    }

    private static DescribedCommand Remove(Door door)
    {
        var id = new Argument<string>("id") { Description = "Its id, or the first digits" };
        var command = new DescribedCommand("remove", "Remove a key, but never the last", "jstore key remove 3f2a")
        {
            id,
        };
        door.Does(command, async (run, cancellationToken) =>
        {
            await using Repository repository = await run.OpenAsync(cancellationToken).ConfigureAwait(false);
            await repository.RemoveKeyAsync(run.Get(id), cancellationToken).ConfigureAwait(false);
            run.Notice($"removed key {run.Get(id)}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string?> NewPasswordFile() => new("--new-password-file")
    {
        Description = "A file that holds the new password; else JSTORE_NEW_PASSWORD, else it is asked for",
        HelpName = "FILE",
    };

    private static void Print(Run run, KeyInfo key, string did)
    {
        if (run.Json)
        {
            JsonOutput.Write(run.Out, KeyJson.Of(key));
        }
        else
        {
            run.Shell.Print($"{did} {key.Id}");
        }
    }
}
