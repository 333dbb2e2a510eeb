using JadaStore.Collectors.Aws.Downloads;

namespace JadaStore.Collectors.Lambda;

/// <summary>Zip files that were fetched, each once for all that is read from it.</summary>
/// <remarks>
/// <para>Thread-safe. A zip file up to <see cref="SmallZip"/> bytes is in memory, at most <see cref="MaxMemory"/>
/// bytes of them; a larger one is in a temporary file, at most <see cref="MaxFiles"/> bytes of them. What is not in use
/// makes room, that first which was not used for longest; when all is in use, who wants another one waits. So nobody
/// may wait here who has one in use. What was listed and is still going to be read does not make room as long as
/// others are in use, nor for a moment after, or it would be fetched twice.</para>
/// <para>Equal SHA-256, one zip file: a function and its versions share it.</para>
/// </remarks>
/// <param name="downloads">Fetches.</param>
/// <param name="maxFiles">Most bytes in temporary files, for tests.</param>
internal sealed class HeldZips(PresignedDownloads downloads, long maxFiles = HeldZips.MaxFiles) : IDisposable
{
    /// <summary>Largest zip file that is held in memory: 4 MiB.</summary>
    public const long SmallZip = 4 << 20;

    /// <summary>Most bytes in memory: 64 MiB.</summary>
    public const long MaxMemory = 64 << 20;

    /// <summary>Most bytes in temporary files, and so the largest zip file that is fetched: 1 GiB, four times what a
    /// function can have.</summary>
    public const long MaxFiles = 1 << 30;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly LinkedList<Held> _idle = new();
    private TaskCompletionSource _changed = NewSignal();
    private long _inMemory;
    private long _inFiles;

    /// <summary>How long what is still to be read stays when nothing is in use and others want its room.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How much of all that can be held a zip file takes: from 0 to 1.</summary>
    public double ShareOf(RemoteZip zip) =>
        Math.Clamp((double)zip.Size / (zip.Size <= SmallZip ? MaxMemory : maxFiles), 0, 1);

    /// <summary>The zip file, fetched unless it is here.</summary>
    /// <exception cref="IOException">It cannot be fetched, is too large, or is not what was listed.</exception>
    /// <exception cref="UnauthorizedAccessException">No temporary file can be made.</exception>
    public ValueTask<ZipLease> HoldAsync(RemoteZip zip, CancellationToken cancellationToken) =>
        HoldAsync(zip, isExpected: false, cancellationToken);

    /// <summary>As the other, for one of those that <see cref="ZipLease.Expect"/> told of.</summary>
    public ValueTask<ZipLease> HoldExpectedAsync(RemoteZip zip, CancellationToken cancellationToken) =>
        HoldAsync(zip, isExpected: true, cancellationToken);

    private async ValueTask<ZipLease> HoldAsync(RemoteZip zip, bool isExpected, CancellationToken cancellationToken)
    {
        if (zip.Size < 0 || zip.Size > maxFiles)
        {
            throw new IOException($"{zip.What} has {zip.Size} bytes, and at most {maxFiles} are fetched");
        }

        bool isLong = false;
        while (true)
        {
            (Held? held, Task changed) = TryEnter(zip, isExpected, isLong, cancellationToken);
            if (held is null)
            {
                Task first = await Task.WhenAny(changed, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                isLong = first != changed;
                continue;
            }

            try
            {
                HeldZip fetched = await held.Fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
                return new ZipLease(fetched, () => Leave(held), count => Expect(held, count));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The one who fetched it was called off; this one was not.
                Leave(held);
            }
            catch (IOException) when (held.What != zip.What)
            {
                // Another's place failed, which says nothing of this one's.
                Leave(held);
            }
            catch
            {
                Leave(held);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Held held in _idle)
            {
                Drop(held);
            }

            _idle.Clear();
        }
    }

    private (Held? Held, Task Changed) TryEnter(
        RemoteZip zip, bool isExpected, bool isLong, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_held.TryGetValue(zip.Sha256, out Held? known))
            {
                if (known.Uses++ == 0)
                {
                    _idle.Remove(known);
                }

                known.Expected -= isExpected ? 1 : 0;
                return (known, Task.CompletedTask);
            }

            bool small = zip.Size <= SmallZip;
            MakeRoom(zip.Size, small, held => held.Expected <= 0);

            // Some may be expected in vain: what they were to read was known already. That is waited for once, not once
            // for each of them.
            if (isLong && !_held.Values.Any(held => held.IsSmall == small && held.Uses > 0))
            {
                foreach (Held idle in _idle.Where(one => one.IsSmall == small))
                {
                    idle.Expected = 0;
                }

                MakeRoom(zip.Size, small, _ => true);
            }

            if (!Fits(zip.Size, small))
            {
                return (null, _changed.Task);
            }

            Count(zip.Size, small);
            var held = new Held(zip, small) { Uses = 1, Expected = isExpected ? -1 : 0 };
            _held.Add(zip.Sha256, held);
            held.Fetching = Task.Run(() => FetchAsync(zip, small, cancellationToken), CancellationToken.None);
            return (held, Task.CompletedTask);
        }
    }

    private void MakeRoom(long size, bool small, Func<Held, bool> mayGo)
    {
        for (LinkedListNode<Held>? node = _idle.First; node is not null && !Fits(size, small);)
        {
            LinkedListNode<Held>? next = node.Next;
            if (node.Value.IsSmall == small && mayGo(node.Value))
            {
                _idle.Remove(node);
                Drop(node.Value);
            }

            node = next;
        }
    }

    private async Task<HeldZip> FetchAsync(RemoteZip zip, bool inMemory, CancellationToken cancellationToken)
    {
        var bytes = new HeldBytes(zip.Size, inMemory);
        try
        {
            await ZipFetch.RunAsync(zip, downloads, bytes, cancellationToken).ConfigureAwait(false);
            return new HeldZip(bytes);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private bool Fits(long size, bool small) => small ? _inMemory + size <= MaxMemory : _inFiles + size <= maxFiles;

    private void Count(long size, bool small)
    {
        if (small)
        {
            _inMemory += size;
        }
        else
        {
            _inFiles += size;
        }
    }

    private void Expect(Held held, int count)
    {
        lock (_gate)
        {
            held.Expected += count;
        }
    }

    private void Leave(Held held)
    {
        lock (_gate)
        {
            held.Uses--;
            if (!held.Fetching.IsCompletedSuccessfully)
            {
                // At once, so that nobody finds what failed.
                Drop(held);
            }
            else if (held.Uses == 0)
            {
                _idle.AddLast(held);
            }
            else
            {
                return;
            }

            _changed.SetResult();
            _changed = NewSignal();
        }
    }

    private void Drop(Held held)
    {
        if (held.IsDropped)
        {
            return;
        }

        held.IsDropped = true;
        _held.Remove(held.Key);
        Count(-held.Size, held.IsSmall);
        _ = DisposeAsync(held.Fetching);
    }

    private static async Task DisposeAsync(Task<HeldZip> fetching)
    {
        await ((Task)fetching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (fetching.IsCompletedSuccessfully)
        {
            (await fetching.ConfigureAwait(false)).Dispose();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One zip file, its place in the bound, and how many use it.</summary>
    private sealed class Held(RemoteZip zip, bool isSmall)
    {
        public string Key => zip.Sha256;

        public string What => zip.What;

        public long Size => zip.Size;

        public bool IsDropped { get; set; }

        public bool IsSmall => isSmall;

        /// <summary>How many are still going to read it or something in it; below 0 where they came before they were
        /// told of.</summary>
        public int Expected { get; set; }

        public int Uses { get; set; }

        public Task<HeldZip> Fetching { get; set; } = null!;
    }
}
