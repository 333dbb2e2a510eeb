namespace JadaStore.Collectors.Aws.Models;

/// <summary>
/// How a long answer is asked for piece by piece; members of the output are paths, <c>List.NextMarker</c>.
/// </summary>
/// <param name="Input">The members that take the tokens.</param>
/// <param name="Output">Where the tokens for them stand in the answer, in the same order.</param>
/// <param name="Results">The lists that go on from page to page.</param>
/// <param name="Keep">What else of the first page belongs to the whole; null: everything.</param>
/// <param name="Limit">The member that bounds a page; null when there is none.</param>
/// <param name="More">The member that says whether there is more; null when tokens alone say so.</param>
internal sealed record AwsPaging(
    IReadOnlyList<string> Input,
    IReadOnlyList<string> Output,
    IReadOnlyList<string> Results,
    IReadOnlyList<string>? Keep,
    string? Limit,
    string? More);
