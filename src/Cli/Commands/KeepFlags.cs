using System.CommandLine;
using JadaStore.Cli.Repositories;
using JadaStore.Store.Retention;

namespace JadaStore.Cli.Commands;

/// <summary>The options that say what <c>jstore forget</c> keeps.</summary>
internal sealed class KeepFlags
{
    private readonly Option<string?> _last = Count("last", "The newest N");
    private readonly Option<string?> _hourly = Count("hourly", "The last of each of the last N hours that have one");
    private readonly Option<string?> _daily = Count("daily", "The last of each of the last N days that have one");
    private readonly Option<string?> _weekly = Count("weekly", "The same of weeks, from Monday to Sunday");
    private readonly Option<string?> _monthly = Count("monthly", "The same of months");
    private readonly Option<string?> _yearly = Count("yearly", "The same of years");

    private readonly Option<string?> _within = new("--keep-within")
    {
        Description = "All that are at most so much older than the newest: 36h, 7d, 2w, 6m, 1y6m",
        HelpName = "TIME",
    };

    private readonly Option<string[]> _tags = new("--keep-tag")
    {
        Description = "All that have the tag, or all of T,U; may be repeated",
        HelpName = "TAG",
    };

    /// <summary>Makes them options of the command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_last, _hourly, _daily, _weekly, _monthly, _yearly, _within, _tags])
        {
            command.Add(option);
        }
    }

    /// <summary>What was typed; empty when nothing was.</summary>
    /// <exception cref="UsageException">A value cannot be meant.</exception>
    public KeepRules Of(Run run) => new()
    {
        Last = Count(run, _last),
        Hourly = Count(run, _hourly),
        Daily = Count(run, _daily),
        Weekly = Count(run, _weekly),
        Monthly = Count(run, _monthly),
        Yearly = Count(run, _yearly),
        Within = run.Get(_within) is { } within ? Duration.Read("--keep-within", within) : null,
        Tags = run.Get(_tags),
    };

    private static Option<string?> Count(string name, string description) =>
        new($"--keep-{name}") { Description = description, HelpName = "N|all" };

    private static int Count(Run run, Option<string?> option) => run.Get(option) is not { } text ? 0
        : KeepCount.TryParse(text, out int count) ? count
        : throw new UsageException($"{option.Name} takes a number from 1 on, or all; got {text}.");
}
