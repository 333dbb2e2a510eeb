using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Aws.Requests;

/// <summary>One bound over all, a bound for each service and region, and nobody waits for ever.</summary>
public class InFlightTests
{
    [Fact]
    public void Slowing_down_halves_what_runs_at_once_and_successes_bring_it_back()
    {
        Lane lane = new InFlight(64, 64).LaneOf("s3");
        lane.SlowDown();
        Assert.Equal(32, lane.Allowed);
        for (int i = 0; i < 4000; i++)
        {
            lane.Succeeded();
        }

        Assert.Equal(64, lane.Allowed);
    }

    [Fact]
    public void Slowing_one_lane_down_leaves_the_others_as_they_are()
    {
        var places = new InFlight(8, 8);
        Lane slow = places.LaneOf("iam"), other = places.LaneOf("s3");
        for (int i = 0; i < 20; i++)
        {
            slow.SlowDown();
        }

        Assert.Equal((1, 8), (slow.Allowed, other.Allowed));
        Assert.True(Enters(slow));
        Assert.False(Enters(slow));
        Assert.Equal(7, Enumerable.Range(0, 8).Count(_ => Enters(other)));
    }

    [Fact]
    public void A_lane_has_a_bound_of_its_own_and_leaves_the_rest_to_the_others()
    {
        var places = new InFlight(5, 3);
        Lane one = places.LaneOf("lambda"), other = places.LaneOf("s3");
        Assert.Equal(3, Enumerable.Range(0, 5).Count(_ => Enters(one)));
        Assert.Equal(2, Enumerable.Range(0, 5).Count(_ => Enters(other)));
        Assert.Equal(2, new InFlight(2, 3).LaneOf("iam").Allowed);
    }

    [Fact]
    public async Task Free_places_go_to_the_lanes_in_turn_and_inside_a_lane_by_age()
    {
        var places = new InFlight(1, 1);
        Lane many = places.LaneOf("many"), few = places.LaneOf("few");
        await many.EnterAsync(default);
        var order = new List<string>();
        Task[] waiting =
        [
            RunAsync(many, "m1", order), RunAsync(many, "m2", order), RunAsync(many, "m3", order),
            RunAsync(few, "f1", order), RunAsync(few, "f2", order),
        ];

        many.Leave();
        await Task.WhenAll(waiting);

        Assert.Equal(["m1", "f1", "m2", "f2", "m3"], order);
    }

    [Fact]
    public async Task Who_gives_up_takes_no_place()
    {
        var places = new InFlight(1, 1);
        Lane lane = places.LaneOf("a"), other = places.LaneOf("b");
        await lane.EnterAsync(default);
        using var stop = new CancellationTokenSource();
        Task[] quitters = [.. Enumerable.Range(0, 5).Select(_ => lane.EnterAsync(stop.Token).AsTask())];
        Task stays = other.EnterAsync(default).AsTask();

        await stop.CancelAsync();
        lane.Leave();
        await stays;
        other.Leave();

        foreach (Task one in quitters)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        }

        Assert.True(Enters(lane));
    }

    /// <summary>Random comings, goings, cancellations and slow-downs against the two bounds.</summary>
    [Fact]
    public async Task Neither_bound_is_ever_exceeded_and_everybody_gets_in()
    {
        var places = new InFlight(5, 4);
        Lane[] lanes = [places.LaneOf("a"), places.LaneOf("b"), places.LaneOf("c")];
        int running = 0, most = 0;
        int[] inLane = new int[3];
        async Task OneAsync(int seed)
        {
            var chance = new Random(seed);
            int at = chance.Next(3);
            using var stop = new CancellationTokenSource();
            if (chance.Next(4) == 0)
            {
                stop.CancelAfter(TimeSpan.FromMicroseconds(chance.Next(300)));
            }

            try
            {
                await lanes[at].EnterAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Interlocked.Increment(ref inLane[at]);
            await Task.Yield();
            if (at == 0)
            {
                lanes[at].SlowDown();
            }
            else
            {
                lanes[at].Succeeded();
            }

            Interlocked.Decrement(ref running);
            lanes[at].Leave();
        }

        await Task.WhenAll(Enumerable.Range(0, 3000).Select(seed => Task.Run(() => OneAsync(seed))))
            .WaitAsync(TimeSpan.FromSeconds(30));

        Assert.InRange(most, 1, 5);
        Assert.All(inLane, count => Assert.InRange(count, 500, 1500));
        Assert.All(lanes, lane => Assert.True(Enters(lane)));
    }

    private static bool Enters(Lane lane) => lane.EnterAsync(default).AsTask().IsCompletedSuccessfully;

    private static async Task RunAsync(Lane lane, string name, List<string> order)
    {
        await lane.EnterAsync(default);
        lock (order)
        {
            order.Add(name);
        }

        lane.Leave();
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (int seen = Volatile.Read(ref most); now > seen;)
        {
            int before = Interlocked.CompareExchange(ref most, now, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
