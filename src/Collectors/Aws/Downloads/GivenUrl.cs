using System.Text.RegularExpressions;

namespace JadaStore.Collectors.Aws.Downloads;

/// <summary>Where a URL that a service gave out is to be asked for.</summary>
/// <remarks>It holds a token: it belongs into no message and nothing that is stored.</remarks>
internal static partial class GivenUrl
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The URL to ask for, with path and query byte by byte as they were given.</summary>
    /// <param name="text">As the service gave it; hostile.</param>
    /// <param name="standIn">
    /// The server that stands in for AWS; null: AWS itself. Where one does, hosts of AWS's own are asked for there, a
    /// bucket in the path, and plain http is good.
    /// </param>
    /// <returns>Null: it is no URL that content can be fetched from.</returns>
    public static Uri? Read(string text, Uri? standIn)
    {
        // It is sent as it stands: nothing in it may end the line that it is sent in.
        if (text.AsSpan().ContainsAnyExceptInRange('!', '~') || !Uri.TryCreate(text, in AsItIs, out Uri? url)
            || url.UserInfo.Length > 0 || url.Host.Length == 0
            || !(url.Scheme == Uri.UriSchemeHttps || (standIn is not null && url.Scheme == Uri.UriSchemeHttp)))
        {
            return null;
        }

        Match match = standIn is null ? Match.Empty : OfAws().Match(url.Host);
        if (!match.Success)
        {
            return url;
        }

        string bucket = match.Groups["bucket"].Value;
        string above = standIn!.AbsolutePath.TrimEnd('/') + (bucket.Length == 0 ? "" : "/" + bucket);
        string root = standIn.GetLeftPart(UriPartial.Authority);
        return new Uri(root + above + url.PathAndQuery, in AsItIs);
    }

    // BUCKET.s3.REGION, BUCKET.s3-REGION, BUCKET.s3.dualstack.REGION, the same without BUCKET; or another service's.
    [GeneratedRegex(
        @"\A(?:(?:(?<bucket>[a-z0-9.-]+)\.)?s3[.-](?:[a-z0-9-]+\.)*|(?:[a-z0-9-]+\.)*)amazonaws\.com(?:\.cn)?\z")]
    private static partial Regex OfAws();
}
