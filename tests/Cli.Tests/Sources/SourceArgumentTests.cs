using JadaStore.Cli.Sources;
using JadaStore.Collectors.Aws.Access;

namespace JadaStore.Cli.Tests.Sources;

public class SourceArgumentTests
{
    private static readonly FolderRules Rules = new([], [], OneFileSystem: false, []);
    private static readonly AwsAccesses Accesses = new(new AwsOptions());

    [Theory]
    [InlineData("site", "/w/site", "local/site")]
    [InlineData("./site/", "/w/site/", "local/site")]
    [InlineData(".", "/w", "local/w")]
    [InlineData("/srv/x=sailjada.com", "/srv/x", "local/sailjada.com")]
    [InlineData("a=b=c", "/w/a=b", "local/c")]
    public void A_folder_is_named_by_its_last_segment_or_as_said(string word, string folder, string root) =>
        Assert.Equal(new SourceArgument(folder, root), SourceArgument.Parse(word, "/w"));

    [Fact]
    public void A_folder_whose_name_holds_an_equals_sign_is_itself_when_it_is_there()
    {
        using var shell = new TestShell();
        string folder = Directory.CreateDirectory(Path.Combine(shell.Folder, "a=b")).FullName;

        Assert.Equal(new SourceArgument(folder, "local/a=b"), SourceArgument.Parse("a=b", shell.Folder));
    }

    [Theory]
    [InlineData("x=")]
    [InlineData("x=..")]
    [InlineData("x=a/b")]
    [InlineData("s3://bucket/prefix")]
    public void What_cannot_be_a_root_is_refused(string word) =>
        Assert.Throws<UsageException>(() => SourceArgument.Parse(word, "/w"));

    [Fact]
    public void Two_folders_with_one_root_are_refused_with_a_way_out()
    {
        UsageException e = Assert.Throws<UsageException>(() =>
            SourceArgument.ParseAll(["/a/site", "/b/site"], "/w", Rules, Accesses));
        Assert.Contains("/b/site=NAME", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_folder_becomes_a_collector_with_its_root()
    {
        IReadOnlyList<ChosenSource> collectors =
            SourceArgument.ParseAll(["/a/site", "/b/site=other"], "/w", Rules, Accesses);

        Assert.Equal(["local/site", "local/other"], collectors.Select(collector => collector.Root));
    }

    [Theory]
    [InlineData("s3://sailjada.com", "sailjada.com", "")]
    [InlineData("s3://b/", "b", "")]
    [InlineData("S3://b//x/", "b", "/x/")]
    [InlineData("s3://b/a=b?c", "b", "a=b?c")]
    public void A_bucket_is_named_with_or_without_a_prefix(string word, string bucket, string prefix) =>
        Assert.Equal(new S3Source(bucket, prefix), S3Source.Parse(word));

    [Theory, InlineData("s3://"), InlineData("s3:///x"), InlineData("s3://../x"), InlineData("s3://a b")]
    public void A_bucket_without_a_name_is_refused(string word) =>
        Assert.Throws<UsageException>(() => S3Source.Parse(word));

    [Fact]
    public void One_bucket_is_one_source()
    {
        Assert.Throws<UsageException>(() =>
            SourceArgument.ParseAll(["s3://b/x", "s3://b/y"], "/w", Rules, Accesses));
        Assert.Equal(
            ["local/site", "s3/b"],
            SourceArgument.ParseAll(["s3://b/x", "/a/site"], "/w", Rules, Accesses).Select(source =>
                source.Root));
    }
}
