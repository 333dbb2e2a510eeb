using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>Whether the tags of a bucket's objects may be read at all.</summary>
/// <remarks>
/// AWS counts an object's tags in the answer to a GET only for those who may read them; for others an object with tags
/// looks like one without. So the first object that seems to have none is asked about: one request a bucket, and only
/// where something was read. Thread-safe.
/// </remarks>
internal sealed class TagAccess
{
    private int _known;
    private volatile bool _isDenied;

    /// <summary>The ledger's lines: one where tags are denied, none otherwise.</summary>
    public IReadOnlyList<CoverageLine> Coverage => !_isDenied
        ? []
        : [new(
            "tags", CoverageState.Denied, 0,
            "s3:GetObjectTagging is not allowed, so objects look as if they had none")];

    /// <summary>An answer counted tags: they may be read.</summary>
    public void Allow() => Volatile.Write(ref _known, 1);

    /// <summary>An answer counted none: asks, the first time, whether that means anything.</summary>
    public async ValueTask AskOnceAsync(ObjectVersion version, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _known, 1) != 0)
        {
            return;
        }

        try
        {
            await ObjectTags.GetAsync(version, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e) when (e.Status is 401 or 403)
        {
            _isDenied = true;
        }
        catch (IOException)
        {
            // Gone meanwhile, or a server without tags: the next object may tell.
            Volatile.Write(ref _known, 0);
        }
    }
}
