using JadaStore.Store.Model;

namespace JadaStore.Cli.Estate;

/// <summary>All that changed of one resource.</summary>
/// <remarks>Memory: the words for at most <see cref="MaxParts"/> members, and a number for each folder of
/// content.</remarks>
internal sealed class ResourceChanges(ResourcePath resource)
{
    private const int MaxParts = 8;

    // They follow from the code that is told of anyway.
    private static readonly string[] FollowCode = ["CodeSha256", "CodeSize", "LastModified", "RevisionId"];

    private readonly List<(string Aspect, string Member, string Text)> _members = [];
    private readonly List<(ResourcePath Path, ChangeKind Kind)> _documents = [];
    private readonly SortedDictionary<string, int> _contents = new(StringComparer.Ordinal);
    private readonly HashSet<ChangeKind> _kinds = [];
    private long _unnamed;

    /// <summary>Which.</summary>
    public ResourcePath Resource => resource;

    /// <summary>
    /// Whether the document that describes it is among what changed: then it is as new, or as gone, as that.
    /// </summary>
    public bool HasDescription { get; private set; }

    /// <summary>Whether everything of it that changed was added, so that it may be new.</summary>
    public bool AllAdded => _kinds.SetEquals([ChangeKind.Added]);

    /// <summary>Whether everything of it that changed was removed, so that it may be gone.</summary>
    public bool AllRemoved => _kinds.SetEquals([ChangeKind.Removed]);

    /// <summary>Takes in one change.</summary>
    /// <param name="path">Of the same resource.</param>
    /// <param name="kind">Added, removed or modified.</param>
    /// <param name="difference">What differs in the document; null where that cannot be said.</param>
    public void Add(ResourcePath path, ChangeKind kind, DocumentDifference? difference)
    {
        _kinds.Add(kind);
        HasDescription |= path.IsDescription;
        if (path.ContentFolder is { } folder)
        {
            _contents[folder] = _contents.GetValueOrDefault(folder) + 1;
        }
        else if (difference is null)
        {
            Keep(_documents, (path, kind));
        }
        else
        {
            AddMembers(path, difference);
        }
    }

    /// <summary>The words: members first, then documents, then folders of content.</summary>
    /// <param name="isWhole">Whether the resource was added or removed as a whole, so that no sign is
    /// needed.</param>
    public IReadOnlyList<string> Parts(bool isWhole)
    {
        List<string> parts =
        [
            .. _members.Where(part => _contents.Count == 0 || !FollowCode.Contains(part.Member))
                .OrderBy(part => part.Aspect.Length > 0).Select(part => part.Text),
            .. _documents.Where(document => !IsArchive(document.Path) && !(isWhole && document.Path.IsDescription))
                .Select(document => TextOf(document.Path, document.Kind, isWhole)),
            .. _contents.Select(folder => $"{folder.Key} {Output.Size.Count(folder.Value, "file", "files")}"),
        ];
        long more = _unnamed + Math.Max(0, parts.Count - MaxParts);
        return more == 0 ? parts : [.. parts.Take(MaxParts), $"and {Output.Size.Count(more)} more"];
    }

    private void AddMembers(ResourcePath path, DocumentDifference difference)
    {
        string aspect = path.Aspect;
        if (difference.Members.Count == 0)
        {
            Keep(_members, (aspect, "", Behind(aspect, "laid out otherwise")));
        }

        foreach (MemberChange change in difference.Members.Where(change => !IsCount(change, difference.Members)))
        {
            MemberPath called = WithoutWrapper(change.Path);
            Keep(_members, (aspect, called.First, Behind(aspect, MemberText.Of(change, called))));
        }
    }

    private void Keep<T>(List<T> list, T part)
    {
        if (list.Count < 4 * MaxParts)
        {
            list.Add(part);
        }
        else
        {
            _unnamed++;
        }
    }

    // Lists of some services say how long they are.
    private static bool IsCount(MemberChange change, IReadOnlyList<MemberChange> all)
    {
        IReadOnlyList<MemberStep> steps = change.Path.Steps;
        return steps is [.., { Name: "Quantity", IsElement: false }] && all.Any(other =>
            other.Path.Steps.Count >= steps.Count
            && other.Path.Steps[steps.Count - 1] is { Name: "Items", IsElement: false }
            && other.Path.Steps.Take(steps.Count - 1).SequenceEqual(steps.Take(steps.Count - 1)));
    }

    // Answers wrap what they tell in the name of what it is: Distribution.DistributionConfig.
    private MemberPath WithoutWrapper(MemberPath path)
    {
        string one = ResourceLayout.MemberOf(resource.Kind);
        int from = 0;
        while (one.Length > 0 && from < path.Steps.Count - 1 && !path.Steps[from].IsElement
            && (path.Steps[from].Name == one || path.Steps[from].Name == one + "Config"))
        {
            from++;
        }

        return from == 0 ? path : new MemberPath([.. path.Steps.Skip(from)]);
    }

    // `code.zip` beside `code/`: the bytes behind the files.
    private bool IsArchive(ResourcePath path) =>
        path.Rest.EndsWith(".zip", StringComparison.Ordinal) && _contents.ContainsKey(path.Rest[..^4]);

    private static string TextOf(ResourcePath path, ChangeKind kind, bool isWhole)
    {
        string name = path.IsDocument && !path.IsDescription ? path.Aspect : path.Rest;
        return kind switch
        {
            _ when isWhole => name,
            ChangeKind.Added => $"+{name}",
            ChangeKind.Removed => $"-{name}",
            _ => $"{name} changed".TrimStart(),
        };
    }

    private static string Behind(string aspect, string text) => aspect.Length == 0 ? text : $"{aspect} {text}";
}
