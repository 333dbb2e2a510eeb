using System.Globalization;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Cli.Repositories;

/// <summary>Reads the <c>[retention]</c> and <c>[alarm]</c> tables of a <c>jstore.toml</c>.</summary>
internal static class ConfiguredRules
{
    /// <summary>What stays; null where the table is missing, or has mistakes, which are noted.</summary>
    public static KeepRules? Retention(ConfigFileTable? table)
    {
        if (table is null)
        {
            return null;
        }

        var rules = new KeepRules
        {
            Last = Count(table, "keep-last"),
            Hourly = Count(table, "keep-hourly"),
            Daily = Count(table, "keep-daily"),
            Weekly = Count(table, "keep-weekly"),
            Monthly = Count(table, "keep-monthly"),
            Yearly = Count(table, "keep-yearly"),
            Within = Span(table, "keep-within"),
            Tags = table.Texts("keep-tag") ?? [],
        };
        table.RefuseTheRest("[retention]");
        return rules;
    }

    /// <summary>From when on a snapshot raises an alarm; null where that is off.</summary>
    public static AlarmLimits? Alarm(ConfigFileTable? table)
    {
        var usual = new AlarmLimits();
        if (table is null)
        {
            return usual;
        }

        bool off = table.Flag("off") == true;
        long? least = table.Number("least");
        if (least < 1)
        {
            table.Problem(table.LineOf("least"), $"`least` is {least}; it has to be 1 or more");
        }

        var limits = new AlarmLimits
        {
            Lost = Share(table, "lost") ?? usual.Lost,
            Changed = Share(table, "changed") ?? usual.Changed,
            Least = least ?? usual.Least,
        };
        table.RefuseTheRest("[alarm]");
        return off ? null : limits;
    }

    private static int Count(ConfigFileTable table, string key)
    {
        if (table.NumberOrText(key) is not { } text)
        {
            return 0;
        }

        if (KeepCount.TryParse(text, out int count))
        {
            return count;
        }

        table.Problem(table.LineOf(key), $"`{key}` is {text}; it can be a number from 1 on, or \"all\"");
        return 0;
    }

    private static CalendarSpan? Span(ConfigFileTable table, string key)
    {
        if (table.Text(key) is not { } text)
        {
            return null;
        }

        if (CalendarSpan.TryParse(text, out CalendarSpan span))
        {
            return span;
        }

        table.Problem(
            table.LineOf(key), $"`{key}` is \"{text}\"; it can be such as \"36h\", \"7d\", \"2w\", \"6m\" or \"1y6m\"");
        return null;
    }

    private static double? Share(ConfigFileTable table, string key)
    {
        if (table.Text(key) is not { } text)
        {
            return null;
        }

        if (text.EndsWith('%')
            && double.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double percent)
            && percent is > 0 and <= 100)
        {
            return percent / 100;
        }

        table.Problem(table.LineOf(key), $"`{key}` is \"{text}\"; it can be such as \"30%\", above 0 and up to 100");
        return null;
    }
}
