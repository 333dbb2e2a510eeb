using JadaStore.Collectors.Local.Ignore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local;

/// <summary>A folder that is to be listed, by whichever thread comes to it first.</summary>
internal sealed class Subfolder
{
    private int _claimed;

    /// <param name="entry">The folder itself.</param>
    /// <param name="rules">The rules in force where it lies; its own ignore file comes on top when it is
    /// listed.</param>
    /// <param name="reader">What lists it.</param>
    public Subfolder(SourceEntry entry, IgnoreRules rules, FolderReader reader)
    {
        Entry = entry;
        Rules = rules;

        // Continuations run elsewhere: else the walk that waits would go on inside the worker that it waited for.
        Listing = new Task<Listing>(
            () => Found = reader.List(this),
            CancellationToken.None,
            TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The folder itself.</summary>
    public SourceEntry Entry { get; }

    /// <summary>The rules in force where the folder lies.</summary>
    public IgnoreRules Rules { get; }

    /// <summary>Its listing; running or done once the folder was claimed.</summary>
    public Task<Listing> Listing { get; }

    /// <summary>What <see cref="Listing"/> gave; null before it is done and when it failed.</summary>
    public Listing? Found { get; private set; }

    /// <summary>Takes the folder for the caller, who then must run <see cref="Listing"/>.</summary>
    /// <returns>False when another did so before.</returns>
    public bool TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0;
}
