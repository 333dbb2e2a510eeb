using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Store.Pipeline;

/// <summary>Forgets snapshots: each is listed no longer, and can be brought back until a prune deletes it.</summary>
internal sealed class Forgetter(RepositoryParts parts)
{
    /// <summary>What would be forgotten, and why; nothing is changed.</summary>
    /// <returns>
    /// By rules a decision for each snapshot, in order; by name one for each that is named, each once.
    /// </returns>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>, <see cref="StoreFault.Ambiguous"/>;
    /// <see cref="StoreFault.Refused"/>: one that is named is pinned, or the rules keep nothing.</exception>
    public async Task<IReadOnlyList<ForgetDecision>> PlanAsync(
        ForgetRequest request, CancellationToken cancellationToken)
    {
        if (request.Rules is null == (request.Snapshots.Count == 0))
        {
            throw new ArgumentException("Either snapshots are named or rules are given.", nameof(request));
        }

        IReadOnlyList<Snapshot> all = await parts.Records.ListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<SnapshotId, SnapshotPin> pins =
            await parts.Pins.ListAsync(cancellationToken).ConfigureAwait(false);
        return request.Rules is { } rules
            ? KeepPlan.Of(all, pins, rules)
            : [.. request.Snapshots.Select(name => SnapshotNames.Find(name, all)).DistinctBy(snapshot => snapshot.Id)
                .Select(snapshot => Named(snapshot, pins))];
    }

    /// <summary>Forgets; no snapshot is committed meanwhile.</summary>
    /// <returns>As <see cref="PlanAsync"/>; what it says is done.</returns>
    public async Task<IReadOnlyList<ForgetDecision>> RunAsync(
        ForgetRequest request, CancellationToken cancellationToken)
    {
        using FolderLock commit =
            await parts.Locks.CommitAsync("jstore forget", cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ForgetDecision> plan = await PlanAsync(request, cancellationToken).ConfigureAwait(false);
        string reason = request.Rules is { } rules ? $"kept by none of {rules}" : "by name";
        foreach (ForgetDecision gone in plan.Where(decision => !decision.Keep))
        {
            // One that is damaged is found before any other is forgotten.
            await parts.Records.ReadFileAsync(gone.Snapshot.Id, cancellationToken).ConfigureAwait(false);
        }

        foreach (ForgetDecision gone in plan.Where(decision => !decision.Keep))
        {
            // Durable there before it goes here: a run that is cut short between the two leaves it in both places, and
            // then it is there.
            SnapshotId id = gone.Snapshot.Id;
            byte[] file = await parts.Records.ReadFileAsync(id, cancellationToken).ConfigureAwait(false);
            await parts.Forgotten.WriteAsync(
                gone.Snapshot, file, parts.Time.GetUtcNow(), reason, cancellationToken).ConfigureAwait(false);
            await parts.Records.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return plan;
    }

    private static ForgetDecision Named(Snapshot snapshot, IReadOnlyDictionary<SnapshotId, SnapshotPin> pins) =>
        pins.TryGetValue(snapshot.Id, out SnapshotPin? pin)
            ? throw new StoreException(
                StoreFault.Refused, $"{snapshot.Record.Name} is {KeepPlan.PinText(pin)}.",
                $"`jstore unpin {snapshot.Record.Name}` first, and it can be forgotten.")
            : new ForgetDecision(snapshot, false, ["by name"]);
}
