using System.Runtime.CompilerServices;
using JadaStore.Store;

namespace JadaStore.Fuzz;

/// <summary>What decoders promise, as checks.</summary>
internal static class Promise
{
    /// <summary>What was read; null when it was refused as damaged or too new. Any other exception passes: it is a
    /// bug.</summary>
    public static T? Stored<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (StoreException e) when (e.Fault is StoreFault.Corrupt or StoreFault.NewerFormat)
        {
            Holds(e.Message.Length is > 0 and < 10_000, "a refusal says why, in a few words");
            return null;
        }
    }

    /// <summary>What was read; null when it was refused as this kind of exception.</summary>
    public static T? Unless<T, TRefusal>(Func<T> read)
        where T : class
        where TRefusal : Exception
    {
        try
        {
            return read();
        }
        catch (TRefusal)
        {
            return null;
        }
    }

    /// <summary>Throws when a promise was broken.</summary>
    public static void Holds(bool kept, string promise)
    {
        if (!kept)
        {
            throw new BrokenPromiseException($"broken: {promise}");
        }
    }

    /// <summary>Throws when the bytes are not the same.</summary>
    public static void Same(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> found, string promise) =>
        Holds(expected.SequenceEqual(found), promise);

    /// <summary>The result of what does no waiting, since all it reads is in memory.</summary>
    public static T Now<T>(ValueTask<T> done)
    {
        Holds(done.IsCompleted, "what reads memory does not wait");
        return done.Result;
    }

    /// <summary>The items of what does no waiting, one after the other, at most <paramref name="most"/>.</summary>
    public static List<T> Now<T>(IAsyncEnumerable<T> items, int most)
    {
        var all = new List<T>();
        ConfiguredCancelableAsyncEnumerable<T>.Enumerator at = items.ConfigureAwait(false).GetAsyncEnumerator();
        while (true)
        {
            ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter next = at.MoveNextAsync().GetAwaiter();
            Holds(next.IsCompleted, "what reads memory does not wait");
            if (!next.GetResult())
            {
                return all;
            }

            Holds(all.Count < most, $"no more than {most} items come of it");
            all.Add(at.Current);
        }
    }
}
