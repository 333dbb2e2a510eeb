using JadaStore.Store.Model;
using JadaStore.Store.Retention;

namespace JadaStore.Store.Tests.Retention;

public sealed class KeepPlanTests
{
    /// <summary>Years and their ends, leap days, weeks that belong to another year, the hours in which clocks are
    /// put.</summary>
    private static readonly string[] Edges =
    [
        "2020-02-29T12:00", "2020-12-31T23:59:59", "2021-01-01T00:00", "2021-01-03T23:59", "2021-01-04T00:00",
        "2024-02-28T23:00", "2024-02-29T00:00", "2024-03-31T00:30", "2024-03-31T01:30", "2024-10-27T00:30",
        "2024-10-27T01:30", "2024-12-29T23:59", "2024-12-30T00:00", "2026-12-28T00:00", "2027-01-03T20:00",
        "2027-01-04T00:00", "2032-12-31T10:00",
    ];

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Rules_keep_what_a_list_of_all_periods_says(int seed)
    {
        var random = new Random(seed);
        int[] counts = [0, 0, 1, 2, 3, 7, 100, KeepRules.All];
        for (int round = 0; round < 400; round++)
        {
            History history = Random(random);
            int Count() => counts[random.Next(counts.Length)];
            var rules = new KeepRules
            {
                Last =
                    Count(), Hourly = Count(), Daily = Count(), Weekly = Count(), Monthly = Count(), Yearly = Count(),
                Within = random.Next(3) > 0 ? null : new CalendarSpan(random.Next(2), random.Next(14), random.Next(40), 1 + random.Next(30)),
            };
            if (rules.IsEmpty || history.All.Count == 0)
            {
                continue;
            }

            HashSet<Snapshot> slow = SlowRules.Keep(history.All, rules);
            slow.Add(history.All.MaxBy(snapshot => snapshot.Record.Time)!);

            Assert.Equal(
                history.All.Where(slow.Contains).Select(snapshot => snapshot.Record.Name),
                history.Plan(rules).Where(one => one.Keep).Select(one => one.Snapshot.Record.Name));
        }
    }

    [Fact]
    public void Each_says_which_rules_keep_it_and_which_of_how_many_it_is()
    {
        var history = new History();
        Snapshot oldest = history.Take("2026-01-05T08:00");
        Snapshot gone = history.Take("2026-01-06T08:00");
        Snapshot morning = history.Take("2026-01-06T09:00");
        Snapshot newest = history.Take("2026-01-07T08:00");
        var rules = new KeepRules { Daily = 3, Weekly = 2, Last = 1 };

        Assert.Equal(
            "last 1 of 1; daily 1 of 3; weekly 1 of 2; newest complete of local/a", history.Why(newest, rules));
        Assert.Equal("daily 2 of 3", history.Why(morning, rules));
        Assert.Equal("no rule keeps it", history.Why(gone, rules));
        Assert.Equal("daily 3 of 3; weekly 2 of 2, the oldest", history.Why(oldest, rules));
    }

    [Fact]
    public void A_rule_without_end_keeps_one_of_each_period_for_ever()
    {
        var history = new History();
        for (int year = 2000; year < 2030; year++)
        {
            history.Take(new DateTime(year, 6, 1));
            history.Take(new DateTime(year, 7, 1));
        }

        Assert.Equal(31, history.Kept(new KeepRules { Yearly = KeepRules.All }).Split(' ').Length);
        Assert.Equal("yearly 3", history.Why(history.All[^5], new KeepRules { Yearly = KeepRules.All }));
    }

    [Fact]
    public void Frequent_snapshots_of_one_folder_do_not_push_out_those_of_another()
    {
        var history = new History();
        Snapshot rare = history.Take("2026-01-01T00:00", "local/rare");
        Snapshot rarer = history.Take("2026-01-02T00:00", "local/rare");
        for (int hour = 0; hour < 20; hour++)
        {
            history.Take(new DateTime(2026, 2, 1, hour, 0, 0), "local/often");
        }

        Assert.Equal("s0 s1 s20 s21", history.Kept(new KeepRules { Last = 2 }));
        Assert.Equal("last 2 of 2", history.Why(rare, new KeepRules { Last = 2 }));
        Assert.Equal("last 1 of 2; newest complete of local/rare", history.Why(rarer, new KeepRules { Last = 2 }));
    }

    [Fact]
    public void Services_are_series_and_buckets_are_one_together()
    {
        var history = new History();
        history.Take("2026-01-01T00:00", "s3/a", "s3/b", "lambda", "local/x");
        Snapshot both = history.Take("2026-01-02T00:00", "s3/a", "s3/b");
        history.Take("2026-01-03T00:00", "lambda");
        var rules = new KeepRules { Last = 1 };

        Assert.Equal("s0 s1 s2", history.Kept(rules));
        Assert.Equal("last 1 of 1; newest complete of s3", history.Why(both, rules));
        Assert.Equal("last 1 of 1 of local/x; newest complete of local/x", history.Why(history.All[0], rules));
    }

    /// <summary>Two buckets that are captured by turns are one series; rules alone would drop one of them.</summary>
    [Fact]
    public void The_newest_complete_snapshot_of_every_source_stays_whatever_the_rules_say()
    {
        var history = new History();
        Snapshot b = history.Take("2026-01-01T00:00", "s3/b");
        history.Take("2026-01-02T00:00", "s3/a!");
        Snapshot a = history.Take("2026-01-03T00:00", "s3/a");
        history.Take("2026-01-04T00:00", "s3/a!");
        history.Take("2026-01-05T00:00", "s3/a!");
        Snapshot broken = history.Take("2025-01-05T00:00", "local/never-whole!");
        history.Take("2024-01-05T00:00", "local/never-whole!");
        var rules = new KeepRules { Within = new CalendarSpan(0, 0, 0, 1) };

        Assert.Equal("s0 s2 s4 s5", history.Kept(rules));
        Assert.Equal("newest complete of s3/b", history.Why(b, rules));
        Assert.Equal("newest complete of s3", history.Why(a, rules));
        Assert.Equal("within 1h; newest of local/never-whole", history.Why(broken, rules));
    }

    /// <summary>A snapshot of one region is complete, and has nothing of the others.</summary>
    [Fact]
    public void The_newest_complete_snapshot_of_every_region_of_a_service_stays()
    {
        var history = new History();
        history.Take("2026-01-01T00:00", "lambda");
        history.InRegions("eu-west-1", "us-east-1");
        Snapshot both = history.All[0];
        history.Take("2026-01-02T00:00", "lambda");
        history.InRegions("us-east-1");
        history.Take("2026-01-03T00:00", "lambda");
        history.InRegions("us-east-1");

        Assert.Equal("s0 s2", history.Kept(new KeepRules { Last = 1 }));
        Assert.Equal("newest complete of lambda/eu-west-1", history.Why(both, new KeepRules { Last = 1 }));
    }

    [Fact]
    public void What_was_wholly_out_of_reach_is_nothing_that_must_stay()
    {
        var history = new History();
        Snapshot whole = history.Take("2026-01-01T00:00", "s3/a", "s3/b");
        history.Take("2026-01-02T00:00", "s3/a!!", "s3/b!!", "s3/*!!", "lambda!!");
        history.Tagged("2026-01-03T00:00", "x");
        var rules = new KeepRules { Tags = ["x"] };

        Assert.Equal("s0 s2", history.Kept(rules));
        Assert.Equal("newest complete of s3", history.Why(whole, rules));

        Snapshot half = history.Take("2026-01-04T00:00", "s3/a", "s3/b!!");
        Assert.Equal("newest complete of s3/a", history.Why(half, rules));
        Assert.Equal("newest complete of s3", history.Why(whole, rules));
    }

    [Fact]
    public void Pinned_ones_stay_and_say_why()
    {
        var history = new History();
        Snapshot pinned = history.Take("2026-01-01T00:00");
        Snapshot silent = history.Take("2026-01-02T00:00");
        history.Take("2026-01-03T00:00");
        history.Pins[pinned.Id] = new SnapshotPin(pinned.Id, null, "before the move");
        history.Pins[silent.Id] = new SnapshotPin(silent.Id, null, "");

        Assert.Equal("pinned: before the move", history.Why(pinned, new KeepRules { Last = 1 }));
        Assert.Equal("pinned", history.Why(silent, new KeepRules { Last = 1 }));
    }

    [Fact]
    public void Tags_keep_and_several_joined_ask_for_all_of_them()
    {
        var history = new History();
        Snapshot one = history.Tagged("2026-01-01T00:00", "release");
        Snapshot two = history.Tagged("2026-01-02T00:00", "release", "site");
        history.Tagged("2026-01-03T00:00", "other");
        history.Take("2026-01-04T00:00");

        Assert.Equal("s0 s1 s3", history.Kept(new KeepRules { Tags = ["release"] }));
        Assert.Equal("s1 s3", history.Kept(new KeepRules { Tags = ["site,release"] }));
        Assert.Equal("s0 s1 s2 s3", history.Kept(new KeepRules { Tags = ["other", "release"] }));
        Assert.Equal("tag release", history.Why(one, new KeepRules { Tags = ["release", "site"] }));
        Assert.Equal("tag release; tag site", history.Why(two, new KeepRules { Tags = ["release", "site"] }));
    }

    /// <summary>Clocks differ: the order of snapshots is that of their commits, and rules go by time.</summary>
    [Fact]
    public void Rules_go_by_time_whatever_the_order()
    {
        var history = new History();
        history.Take("2026-01-03T00:00");
        history.Take("2026-01-01T00:00");
        history.Take("2026-01-02T00:00");

        Assert.Equal("s0 s2", history.Kept(new KeepRules { Last = 2 }));
        Assert.Equal("s0 s2", history.Kept(new KeepRules { Within = new CalendarSpan(0, 0, 1, 0) }));
    }

    [Fact]
    public void Rules_that_keep_nothing_are_refused()
    {
        var history = new History();
        history.Take("2026-01-01T00:00");
        foreach (KeepRules rules in (KeepRules[])[new(), new() { Tags = ["mistyped"] }, new() { Daily = -1 }])
        {
            Assert.Equal(StoreFault.Refused, Assert.Throws<StoreException>(() => history.Plan(rules)).Fault);
        }

        Assert.Empty(new History().Plan(new KeepRules { Last = 1 }));
    }

    [Fact]
    public void A_long_history_of_many_sources_is_planned_quickly()
    {
        var history = new History();
        string[] roots = [.. Enumerable.Range(0, 60).Select(i => $"s3/bucket{i}"), .. Enumerable.Range(0, 30).Select(i => $"service{i}")];
        for (int i = 0; i < 2000; i++)
        {
            history.Take(new DateTime(2020, 1, 1).AddHours(7 * i), roots);
        }

        var rules = new KeepRules { Hourly = 24, Daily = 7, Weekly = 5, Monthly = 12, Yearly = KeepRules.All };
        IReadOnlyList<ForgetDecision> plan = history.Plan(rules);

        // The same of each series, so none is named.
        Assert.Equal("hourly 2 of 24", plan[^2].Reasons[0]);
        Assert.Equal("newest complete of s3, service0, service1 and 28 more", plan[^1].Reasons[^1]);
    }

    private static History Random(Random random)
    {
        var history = new History();
        var times = new SortedSet<DateTime>();
        int span = 1 << random.Next(28);
        DateTime start = DateTime.Parse(Edges[random.Next(Edges.Length)], null);
        for (int i = random.Next(60); i >= 0; i--)
        {
            times.Add(random.Next(4) == 0
                ? DateTime.Parse(Edges[random.Next(Edges.Length)], null).AddSeconds(random.Next(-1, 2))
                : start.AddSeconds(random.Next(span)));
        }

        foreach (DateTime time in times)
        {
            history.Take(time);
        }

        return history;
    }
}
