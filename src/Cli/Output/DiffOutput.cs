using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>One form in which changes are printed, as they come.</summary>
internal abstract class DiffOutput
{
    /// <summary>Before the first change.</summary>
    public virtual Task BeginAsync() => Task.CompletedTask;

    /// <summary>One change.</summary>
    public abstract Task AddAsync(Change change, CancellationToken cancellationToken);

    /// <summary>After the last change.</summary>
    public abstract Task EndAsync(DiffSummary summary);
}
