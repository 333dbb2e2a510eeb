using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>Reads one object: its content, checked by what its headers say, then the headers and the tags.</summary>
internal sealed class S3ObjectReader(S3Object file, ObjectSource source) : ContentReader
{
    private ObjectChecksum? _checksum;

    /// <inheritdoc/>
    public override async ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            int count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _checksum ??= ObjectChecksum.For(source.Headers);
            _checksum.Append(buffer.Span[..count]);
            return new ContentRead(count, 0);
        }
        catch (AwsException e)
        {
            throw ObjectProblem.Of(e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The content is not what the headers say, every time it is read.</exception>
    public override async ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken)
    {
        if (!_checksum!.Matches())
        {
            return file.MayTryAgain()
                ? new ContentEnd(file.ToEntry([]), Changed: true)
                : throw new IOException($"its content does not match its {_checksum.Name}, however often it is read");
        }

        List<NamedValue> attributes = ObjectHeaders.Of(source.Headers);
        string? problem = null;
        if (source.Headers.Header("x-amz-tagging-count") is null or "0")
        {
            if (!file.Version.Listed.IsDeleteMarker)
            {
                await file.Tags.AskOnceAsync(file.Version, cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            file.Tags.Allow();
            try
            {
                attributes.AddRange(await ObjectTags.GetAsync(file.Version, cancellationToken).ConfigureAwait(false));
            }
            catch (IOException e)
            {
                problem = $"its tags could not be read: {(e is AwsException aws ? ObjectProblem.Of(aws) : e).Message}";
            }
        }

        return new ContentEnd(file.ToEntry(attributes), Changed: false, problem);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _checksum?.Dispose();
        await source.DisposeAsync().ConfigureAwait(false);
    }
}
