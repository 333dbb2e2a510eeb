using System.Text.Json.Nodes;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.AppsScript;

/// <summary>One walk over all projects: which there are, where they lie in the source, and how far it is.</summary>
internal sealed class ProjectSurvey(AppsScriptOptions options)
{
    private const string Listing = "all";

    private readonly List<FoundProject> _projects = [];
    private IReadOnlyList<string> _names = [];
    private long _done;

    /// <summary>Whether there is something that needs no Google.</summary>
    public bool HasFolders => options.Folders.Count > 0;

    /// <summary>Set where projects may exist that nothing is known of.</summary>
    public SourceBreak? BrokeOff { get; private set; }

    /// <summary>How far it is.</summary>
    public SourceItems Items { get; private set; } = new("projects", 0, 0);

    /// <summary>Finds what clasp pulled.</summary>
    /// <exception cref="StoreException">A folder is not there, or holds nothing.</exception>
    public void AddFolders() => _projects.AddRange(
        options.Folders.SelectMany(ClaspFolder.Find, (by, folder) => (Found: folder, By: ByFolder(by)))
            .DistinctBy(one => one.Found.Folder)
            .Select(one => new FoundProject(one.Found.ScriptId, one.Found.Name, null, one.Found, null, one.By)));

    /// <summary>Asks Google for the projects that are wanted, side by side.</summary>
    /// <exception cref="StoreException">Google refuses all of them, and there are no folders.</exception>
    public async Task AskAsync(ScriptApi api, CancellationToken cancellationToken)
    {
        List<ScriptChoice> wanted = await WantedAsync(api, cancellationToken).ConfigureAwait(false);
        Items = new SourceItems("projects", 0, _projects.Count + wanted.Count);
        FoundProject[] found = await Task.WhenAll(wanted.Select(one => FindAsync(api, one, cancellationToken)))
            .ConfigureAwait(false);
        _projects.AddRange(found);
        FoundProject? failed = Array.Find(found, one => one.Problem is { Status: not 404 });
        if (failed is null)
        {
            return;
        }

        if (!HasFolders && Array.TrueForAll(found, one => one.Problem is { Status: not 404 }))
        {
            throw Unreachable(failed.Problem!);
        }

        // Under what name it was captured before is not known, so nothing may pass for removed.
        if (Array.Exists(found, one => one is { Problem.Status: not 404, Name: "" }))
        {
            Break(Words(failed.Problem!));
        }
    }

    /// <summary>Notes that projects may exist that nothing is known of.</summary>
    public void Break(string message) => BrokeOff ??= new SourceBreak(default, message);

    /// <summary>All that is in the source, in path order.</summary>
    /// <param name="api">What subtrees ask; null where there are folders only.</param>
    public IEnumerable<ProjectPlace> Places(ScriptApi? api)
    {
        _names = FolderName.Distinct([.. _projects.Select(one => (one.Name, one.Id))]);
        Items = new SourceItems("projects", 0, _projects.Count);
        return _projects.Zip(_names, (project, name) => PlacesOf(api, project, name)).SelectMany(places => places)
            .Concat(Nameless()).OrderBy(place => new EntryPath(place.Path));
    }

    /// <summary>Counts one that was given out.</summary>
    public void Done(ProjectPlace place)
    {
        _done += place.IsProject ? 1 : 0;
        Items = Items with { Done = _done };
    }

    /// <summary>What was seen and what was not.</summary>
    public IReadOnlyList<CoverageLine> Coverage()
    {
        int failed = _projects.Count(one => one.Problem is not null || one.Project is { Problems.Count: > 0 });
        CoverageState state = BrokeOff is not null ? CoverageState.Failed
            : failed > 0 ? CoverageState.Partial
            : CoverageState.Captured;
        var lines = new List<CoverageLine>
        {
            new("projects", state, _projects.Count(one => one.Problem is null), BrokeOff?.Message ?? ""),
        };
        foreach (FoundProject one in _projects.Where(one => one.Folder?.Outside is not null))
        {
            lines.Add(new CoverageLine(
                one.Name, CoverageState.Partial, 0,
                $"its files lie in {one.Folder!.Outside}, outside of {one.Folder.Folder}"));
        }

        if (options.All)
        {
            lines.Add(new CoverageLine(
                "bound projects", CoverageState.NotExported, 0,
                "Drive does not list projects that belong to a document; name their script ids"));
        }

        lines.Add(new CoverageLine(
            "properties, triggers, executions", CoverageState.NotExported, 0,
            "the Apps Script API does not give them out"));
        return lines;
    }

    /// <summary>Which folders each choice gave: the projects', and of their versions.</summary>
    public IReadOnlyList<SourcePart> Parts()
    {
        IEnumerable<string> choices =
            options.Folders.Select(ByFolder).Concat(options.Scripts.Select(one => ByScript(one.Id)));
        ILookup<string, string> folders = _projects.Zip(_names).ToLookup(one => one.First.By, one => one.Second);
        return
        [
            .. choices.Concat(options.All ? [Listing] : []).Distinct().Order(StringComparer.Ordinal).SelectMany(by =>
                PartsOf(by, [.. folders[by].Order(StringComparer.Ordinal)])),
        ];
    }

    private IEnumerable<SourcePart> PartsOf(string by, string[] folders)
    {
        yield return new SourcePart(by, folders);
        if (options.AllVersions)
        {
            yield return new SourcePart($"{by}, versions", [.. folders.Select(folder => $".versions/{folder}")]);
        }
    }

    private static string ByFolder(string folder) => $"folder {folder}";

    private static string ByScript(string id) => $"script {id}";

    private async Task<List<ScriptChoice>> WantedAsync(ScriptApi api, CancellationToken cancellationToken)
    {
        List<ScriptChoice> wanted = [.. options.Scripts.DistinctBy(one => one.Id)];
        if (!options.All)
        {
            return wanted;
        }

        try
        {
            IReadOnlyList<(string Id, string Title)> listed =
                await api.ProjectsAsync(cancellationToken).ConfigureAwait(false);
            wanted.AddRange(listed.Where(one => !wanted.Exists(other => other.Id == one.Id))
                .Select(one => new ScriptChoice(one.Id, one.Title.Length > 0 ? one.Title : null)));
        }
        catch (GoogleException e) when (HasFolders || wanted.Count > 0)
        {
            Break(Words(e));
        }
        catch (GoogleException e)
        {
            throw Unreachable(e);
        }

        return wanted;
    }

    private async Task<FoundProject> FindAsync(ScriptApi api, ScriptChoice wanted, CancellationToken cancellationToken)
    {
        string by = options.Scripts.Any(one => one.Id == wanted.Id) ? ByScript(wanted.Id) : Listing;
        JsonObject project;
        try
        {
            project = await api.ProjectAsync(wanted.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (GoogleException e)
        {
            return new FoundProject(wanted.Id, wanted.Name ?? "", null, null, e, by);
        }

        var problems = new List<(string Path, string Message)>();
        JsonArray? versions = await TryAsync(
            api.VersionsAsync(wanted.Id, cancellationToken), ScriptProject.VersionsFile, problems)
            .ConfigureAwait(false);
        JsonArray? deployments = await TryAsync(
            api.DeploymentsAsync(wanted.Id, cancellationToken), ScriptProject.DeploymentsFile, problems)
            .ConfigureAwait(false);
        var found = new ScriptProject(wanted.Id, project, versions, deployments, problems);
        return new FoundProject(wanted.Id, wanted.Name ?? found.Title, found, null, null, by);
    }

    private static async Task<JsonArray?> TryAsync(
        Task<JsonArray> asked, string path, List<(string Path, string Message)> problems)
    {
        try
        {
            return await asked.ConfigureAwait(false);
        }
        catch (GoogleException e)
        {
            problems.Add((path, Words(e)));
            return null;
        }
    }

    // Only Google knows the title of what is named by its id alone. Where it says nothing, the project's folder may be
    // any of those that an earlier snapshot has, so none of them passes for removed.
    private IEnumerable<ProjectPlace> Nameless()
    {
        string[] ids =
            [.. _projects.Where(one => one.Problem is not null && one.Name.Length == 0).Select(one => one.Id)];
        if (ids.Length > 0)
        {
            yield return new ProjectPlace(
                "", Fault("", $"what {string.Join(", ", ids)} is called is not known"), null, IsProject: false);
        }
    }

    private IEnumerable<ProjectPlace> PlacesOf(ScriptApi? api, FoundProject found, string name)
    {
        string path = name + "/", versions = $".versions/{name}/";
        if (found.Folder is not null)
        {
            yield return new ProjectPlace(path, null, found.Folder, IsProject: true);
        }
        else if (found.Project is not { } project)
        {
            string words = Words(found.Problem!);
            yield return new ProjectPlace(path, Fault(path, words), null, IsProject: true);
            if (options.AllVersions)
            {
                yield return new ProjectPlace(versions, Fault(versions, words), null, IsProject: false);
            }
        }
        else
        {
            yield return new ProjectPlace(path, ProjectTree.Of(api!, project, path), null, IsProject: true);
            if (options.AllVersions && project.Versions is null)
            {
                yield return new ProjectPlace(
                    versions, Fault(versions, project.Problems[0].Message), null, IsProject: false);
            }

            foreach (long number in options.AllVersions ? project.VersionNumbers : [])
            {
                string folder = FormattableString.Invariant($"{versions}{number}/");
                yield return new ProjectPlace(
                    folder, VersionTree.Of(api!, project.Id, number, folder), null, IsProject: false);
            }
        }
    }

    private static SourceFault Fault(string path, string message) =>
        new() { Path = new EntryPath(path), Kind = EntryKind.Folder, Message = message };

    private static string Words(GoogleException e) => e.Hint.Length == 0 ? e.Message : $"{e.Message}. {e.Hint}";

    private static StoreException Unreachable(GoogleException e) =>
        new(StoreFault.SourceUnreachable, $"Apps Script is out of reach: {e.Message}.", e.Hint, e);
}
