using JadaStore.Collectors.Aws.Survey;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>What a look at an account showed, for a person.</summary>
internal sealed class SurveyText(AccountView view)
{
    private const int Head = 24;
    private const int Width = 110;
    private const int MostRegions = 4;

    /// <summary>A line for each service that has something, then what has nothing, what is denied and what
    /// failed.</summary>
    public IEnumerable<string> Lines()
    {
        IEnumerable<IGrouping<string, SeenKind>> services = view.Kinds.GroupBy(one => one.Service);
        foreach (IGrouping<string, SeenKind> service in services.Where(one => one.Any(seen => seen.Count > 0)))
        {
            foreach (string line in Wrap(service.Key, string.Join("; ", Found(service))))
            {
                yield return line;
            }
        }

        (string Title, IEnumerable<string> Services)[] rest =
        [
            ("nothing in", services.Where(service => service.All(IsNothing)).Select(service => service.Key)),
            ("denied", services.SelectMany(service => Refused(service, CoverageState.Denied))),
            ("no answer from", services.SelectMany(service => Refused(service, CoverageState.Failed))),
        ];
        foreach ((string title, IEnumerable<string> names) in rest)
        {
            foreach (string line in Wrap(title, string.Join(", ", names)))
            {
                yield return line;
            }
        }
    }

    private static bool IsNothing(SeenKind seen) =>
        seen is { Count: 0, State: CoverageState.Captured or CoverageState.Unsupported };

    private static IEnumerable<string> Found(IEnumerable<SeenKind> service) => service.Where(one => one.Count > 0)
        .GroupBy(one => one.Region)
        .GroupBy(region => string.Join(", ", region.Select(Count)), region => region.Key)
        .Select(alike => Regions([.. alike]) + alike.Key);

    private static string Count(SeenKind seen) => $"{Size.Count(seen.Count)}{(seen.More ? "+" : "")} {seen.Kind}";

    private static string Regions(IReadOnlyList<string> regions) => regions switch
    {
        [""] => "",
        { Count: > MostRegions } => $"{regions.Count} regions: ",
        _ => string.Join(", ", regions) + ": ",
    };

    // The service alone where all of it was refused; else those of its kinds that were, in any region.
    private static IEnumerable<string> Refused(IGrouping<string, SeenKind> service, CoverageState state)
    {
        string[] kinds = [.. service.Where(one => one.State == state).Select(one => one.Kind).Distinct()];
        return kinds.Length == 0 ? []
            : service.All(one => one.State == state) ? [service.Key]
            : [$"{service.Key} ({string.Join(", ", kinds)})"];
    }

    // Further lines under the first; nothing where there is no text.
    private static IEnumerable<string> Wrap(string head, string text)
    {
        if (text.Length == 0)
        {
            yield break;
        }

        string line = head.PadRight(Head);
        int words = 0;
        foreach (string word in text.Split(' '))
        {
            if (words++ > 0 && line.Length + word.Length > Width)
            {
                yield return line.TrimEnd();
                line = new string(' ', Head);
            }

            line += word + " ";
        }

        yield return line.TrimEnd();
    }
}
