using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Local.Restore;
using JadaStore.Collectors.S3.Config;
using JadaStore.Collectors.S3.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Sources;

/// <summary>Where a restore goes, as it is typed: a folder, <c>s3://BUCKET[/PREFIX]</c>.</summary>
internal sealed class RestoreDestination : IAsyncDisposable
{
    private readonly AwsAccess? _access;

    private readonly string _bucket;

    private RestoreDestination(string shown, IRestoreTarget target, AwsAccess? access, string bucket)
    {
        _bucket = bucket;
        Shown = shown;
        Target = target;
        _access = access;
    }

    /// <summary>For people.</summary>
    public string Shown { get; }

    /// <summary>The place itself.</summary>
    public IRestoreTarget Target { get; }

    /// <summary>Whether it is a bucket, to which one source at a time is restored.</summary>
    public bool IsBucket => _access is not null;

    /// <summary>Whether it is a bucket as a whole, to which its configuration can go back.</summary>
    public bool IsWholeBucket => IsBucket && Shown.Split('/') is [_, _, _, ""];

    /// <summary>The way to the bucket's configuration; only of a bucket.</summary>
    public S3BucketConfigRestore Config => new(_access!, _bucket);

    /// <summary>What a person should know of the restore as a whole; asked for at the end.</summary>
    public IReadOnlyList<string> Notes => Target is LocalTarget local ? local.Notes : [];

    /// <summary>Reads and opens it; nothing is asked of a bucket yet.</summary>
    /// <param name="word">As typed.</param>
    /// <param name="workingFolder">Folders are relative to it.</param>
    /// <param name="repository">As a full path; never touched.</param>
    /// <param name="aws">How buckets are reached.</param>
    /// <param name="compareHeaders">Whether headers and tags of objects that stand there are looked at.</param>
    /// <exception cref="UsageException">It names no bucket.</exception>
    public static RestoreDestination Open(
        string word, string workingFolder, string repository, AwsOptions aws, bool compareHeaders)
    {
        if (!S3Source.Fits(word))
        {
            string folder = Path.GetFullPath(word, workingFolder);
            return new RestoreDestination(folder, FolderTarget.Open(folder, repository), null, "");
        }

        S3Source bucket = S3Source.Parse(word);
        string prefix = bucket.Prefix.Length == 0 || bucket.Prefix.EndsWith('/') ? bucket.Prefix : bucket.Prefix + "/";
        var access = new AwsAccess(aws);
        var options = new S3TargetOptions { Bucket = bucket.Bucket, Prefix = prefix, CompareHeaders = compareHeaders };
        return new RestoreDestination(
            $"s3://{bucket.Bucket}/{prefix}", new S3Target(access, options), access, bucket.Bucket);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Target.DisposeAsync().ConfigureAwait(false);
        _access?.Dispose();
    }
}
