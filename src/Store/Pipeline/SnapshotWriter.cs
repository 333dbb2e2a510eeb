using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using JadaStore.Store.Chunking;
using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Requests;
using JadaStore.Store.Sealing;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>Takes a snapshot: sources → content and pages into packs → packs durable → record.</summary>
/// <remarks>
/// The record is the commit point and comes last. Whatever ends the run before it leaves every earlier snapshot whole,
/// and
/// the finished packs to be found by the next run.
/// </remarks>
internal sealed class SnapshotWriter(RepositoryParts parts)
{
    // What a run that was killed left in tmp/; younger files may be another process's.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(2);

    // Buckets are many and mostly waited for; each that runs holds a page of its listing and of its tree.
    private const int SourcesAtOnce = 32;

    private readonly ExtentListReader _extents = new(parts.Pages, parts.Key.ChunkIdOf);

    /// <summary>Runs one snapshot to its record.</summary>
    public async Task<Snapshot> WriteAsync(
        SnapshotRequest request, IProgress<SnapshotProgress>? progress, CancellationToken cancellationToken)
    {
        DateTimeOffset begun = parts.Time.GetUtcNow();
        long started = parts.Time.GetTimestamp();
        List<ICollector> collectors = Check(request);
        (Session running, IReadOnlyList<Snapshot> earlier) =
            await SessionStart.BeginAsync(parts, "jstore snapshot", cancellationToken).ConfigureAwait(false);
        using Session session = running;
        if (request.Name is { } name)
        {
            SnapshotNames.Check(
                name, earlier, await parts.Forgotten.ListAsync(cancellationToken).ConfigureAwait(false));
        }

        await parts.Backend.DeleteAbandonedAsync(begun - AbandonedAfter, cancellationToken).ConfigureAwait(false);

        // After the session has begun, or what is found now might be deleted before it is named.
        await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        var check = new NewTreesCheck(parts);
        var known = new KnownChunks(parts.Index.Contains) { ReadyAsync = parts.Index.EnsureAsync };
        PackWriter content = NewWriter(PackPurpose.Content, known, session);
        PackWriter pages = NewWriter(PackPurpose.Pages, known, session);
        await using ConfiguredAsyncDisposable contentDisposal = content.ConfigureAwait(false);
        await using ConfiguredAsyncDisposable pagesDisposal = pages.ConfigureAwait(false);
        var sink = new ContentSink(parts.Key, known, content, CodecOf(request.Compression));
        var pageSink = new PageSink(parts.Key, known, pages);
        using var reader =
            new BatchReader(new Cutter(parts.Key.DeriveGearTable(), parts.Config.Cutter), sink, pageSink);
        using var slots = new BatchSlots();
        var writer = new SourceWriter(
            reader, pageSink, parts.Key.DerivePageEdgeKey(), slots, parts.Time,
            parts.Index.MayLackChunks ? IsHereAsync : null);

        var before = new EarlierSources(earlier);
        var sources = new SnapshotSource[collectors.Count];
        IReadOnlyList<SnapshotSource>[] parents = [.. collectors.Select(one => ParentChoice.Of(one.Root, before))];
        foreach ((ICollector collector, IReadOnlyList<SnapshotSource> chosen) in collectors.Zip(parents))
        {
            // Those that wait for their turn count as well when it is told how many are done.
            progress?.Report(new SnapshotProgress(collector.Root, 0, 0, 0, 0, CountOf(chosen), Done: false));
        }

        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = SourcesAtOnce, CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(collectors.Index(), parallel, async (item, token) =>
        {
            IReadOnlyList<SnapshotSource> chosen = parents[item.Index];
            SnapshotSource source = await writer.WriteAsync(
                item.Item, ParentOf(chosen), CountOf(chosen), request.Force, progress, token).ConfigureAwait(false);
            sources[item.Index] = source with
            {
                Group = request.Listings.FirstOrDefault(listing => listing.Roots.Contains(source.Root))?.Name,
            };
        }).ConfigureAwait(false);

        // Content before pages: no page may be durable that names content which is not.
        await content.FlushAsync(cancellationToken).ConfigureAwait(false);
        await pages.FlushAsync(cancellationToken).ConfigureAwait(false);
        await check.RunAsync(sources, cancellationToken).ConfigureAwait(false);
        var radius = new BlastRadius(parts, before);
        IReadOnlyList<SnapshotAlarm> alarms =
            await radius.AlarmsAsync(sources, request, cancellationToken).ConfigureAwait(false);
        return await parts.Records.CommitAsync(
            () => check.RunAsync(sources, cancellationToken),
            async (snapshots, token) =>
            {
                IReadOnlyList<ForgottenSnapshot> forgotten =
                    await parts.Forgotten.ListAsync(token).ConfigureAwait(false);
                string name = request.Name
                    ?? SnapshotNames.Next([.. snapshots, .. forgotten.Select(one => one.Snapshot)], request.Major);
                SnapshotNames.Check(name, snapshots, forgotten);
                await radius.PinAsync(alarms, name, snapshots, token).ConfigureAwait(false);
                return new SnapshotRecord
                {
                    Nonce = RandomNumberGenerator.GetHexString(32, lowercase: true),
                    Name = name,
                    Time = begun,
                    DurationMs = (long)parts.Time.GetElapsedTime(started).TotalMilliseconds,
                    Parent = snapshots.Count == 0 ? null : snapshots[^1].Id.ToString(),
                    Message = request.Message,
                    Tags = request.Tags,
                    Host = Environment.MachineName,
                    Program = request.Program,
                    Sources = sources,
                    LeftOut =
                    [
                        .. request.Listings.SelectMany(listing => listing.LeftOut)
                            .Except(sources.Select(source => source.Root)).Order(StringComparer.Ordinal),
                    ],
                    AddedBytes = sink.BytesAdded,
                    StoredBytes = content.BytesWritten + pages.BytesWritten,
                    Alarms = alarms,
                };
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static List<ICollector> Check(SnapshotRequest request)
    {
        List<ICollector> collectors = [.. request.Sources.OrderBy(source => source.Root, StringComparer.Ordinal)];
        if (collectors.Count == 0)
        {
            throw new ArgumentException("A snapshot needs at least one source.", nameof(request));
        }

        // With the `/`, what lies within a root comes right after it.
        List<string> roots = [.. collectors.Select(source => source.Root + "/").Order(StringComparer.Ordinal)];
        for (int i = 1; i < roots.Count; i++)
        {
            if (roots[i].StartsWith(roots[i - 1], StringComparison.Ordinal))
            {
                throw new StoreException(
                    StoreFault.Refused, $"Two sources would both lie at {roots[i].TrimEnd('/')}.", "Give one of them another name: FOLDER=NAME.");
            }
        }

        return collectors;
    }

    private static Codec CodecOf(Compression compression) => compression switch
    {
        Compression.Fast => Codec.Lz4Fast,
        Compression.High => Codec.Lz4High,
        Compression.None => Codec.Stored,
    };

    private PackWriter NewWriter(PackPurpose purpose, KnownChunks known, Session session) => new(
        parts.Backend, parts.Key, purpose, PackWriter.DefaultTargetSize,
        async (footer, cancellationToken) =>
        {
            await parts.Parity.WriteAsync(footer.Pack, parts.Config.Parity, cancellationToken).ConfigureAwait(false);
            parts.Index.Add(footer);
            known.Forget(footer);
        })
        {
            Opening = pack => session.Writes(pack.ToString()),
        };

    private async ValueTask<bool> IsHereAsync(Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ChunkId chunk in _extents.ChunksAsync(entry, cancellationToken).ConfigureAwait(false))
            {
                if (!await parts.Index.HasAsync(chunk, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }

            return true;
        }
        catch (StoreException e) when (e.IsDamage)
        {
            return false;
        }
    }

    private ParentSource ParentOf(IReadOnlyList<SnapshotSource> sources)
    {
        ParentTree[] trees =
        [
            .. sources.Select(source => new ParentTree(parts.Trees, PathResolver.RootOf(source)))
                .DefaultIfEmpty(new ParentTree(parts.Trees, null)),
        ];
        return new ParentSource(trees[0], trees[1..]);
    }

    private static long CountOf(IReadOnlyList<SnapshotSource> sources) =>
        sources.Select(source => source.Entries).DefaultIfEmpty().Max();
}
