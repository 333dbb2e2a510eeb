using System.Runtime.CompilerServices;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.AppsScript;

/// <summary>Google Apps Script projects: through the API with clasp's login, and from folders that clasp
/// pulled.</summary>
/// <remarks>
/// <para><c>NAME/</c> is a project as <c>clasp clone</c> makes it, so that clasp works in it when it is restored, with
/// lists of versions and deployments in <see cref="ScriptProject.Notes"/>. The files of version 3 are in
/// <c>.versions/NAME/3/</c>: clasp would push what lies in the project's own folder.</para>
/// <para>A project that did not change costs three small requests; its files are asked for when it changed, those of a
/// version once. What the account cannot list at all ends the source; a single project is a fault of its own.</para>
/// </remarks>
public sealed class AppsScriptSource : ICollector
{
    private readonly AppsScriptOptions _options;
    private readonly GoogleEndpoints _endpoints;
    private readonly TimeProvider _time;
    private readonly TimeSpan _backoff;
    private volatile ProjectSurvey? _survey;

    /// <param name="options">What is captured.</param>
    public AppsScriptSource(AppsScriptOptions options)
        : this(options, GoogleEndpoints.Google, TimeProvider.System, TimeSpan.FromSeconds(1))
    {
    }

    /// <param name="options">What is captured.</param>
    /// <param name="endpoints">Where Google is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="backoff">The first wait before a request is tried again.</param>
    internal AppsScriptSource(
        AppsScriptOptions options, GoogleEndpoints endpoints, TimeProvider time, TimeSpan backoff)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _endpoints = endpoints;
        _time = time;
        _backoff = backoff;
    }

    /// <inheritdoc/>
    public string Root => _options.Prefix.Length == 0 ? "apps-script" : _options.Prefix + "/apps-script";

    /// <inheritdoc/>
    public IReadOnlyList<string> Excluded =>
        _options.Folders.Count == 0 ? [] : [.. ClaspFolder.Exclude.Select(pattern => "--exclude " + pattern)];

    /// <inheritdoc/>
    public int ReadsAtOnce => GoogleApi.AtOnce;

    /// <inheritdoc/>
    public SourceBreak? BrokeOff => _survey?.BrokeOff;

    /// <inheritdoc/>
    public IReadOnlyList<CoverageLine> Coverage => _survey?.Coverage() ?? [];

    /// <inheritdoc/>
    public IReadOnlyList<SourcePart> Parts => _survey?.Parts() ?? [];

    /// <inheritdoc/>
    public SourceItems? Items => _survey?.Items;

    /// <inheritdoc/>
    /// <exception cref="StoreException">clasp is not logged in, Google refuses the account, or a folder is not
    /// there.</exception>
    public async IAsyncEnumerable<SourceEntry> CollectAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var survey = new ProjectSurvey(_options);
        _survey = survey;
        survey.AddFolders();
        ScriptApi? api = Open(survey);
        if (api is not null)
        {
            await survey.AskAsync(api, cancellationToken).ConfigureAwait(false);
        }

        foreach (ProjectPlace place in survey.Places(api))
        {
            if (place.Entry is { } entry)
            {
                yield return entry;
            }

            if (place.Folder is { } folder)
            {
                var above = new EntryPath(place.Path);
                await foreach (SourceEntry below in folder.Open(_options.LeaveOut).CollectAsync(cancellationToken)
                    .ConfigureAwait(false))
                {
                    yield return MovedEntry.Of(below, above);
                }
            }

            survey.Done(place);
        }
    }

    // Subtrees may be looked at when the walk is over, so nobody says when the connections are needed no more; they
    // close by themselves.
    private ScriptApi? Open(ProjectSurvey survey)
    {
        if (!_options.All && _options.Scripts.Count == 0)
        {
            return null;
        }

        try
        {
            ClaspLogin login = ClaspLogin.Read(_options.Credentials ?? ClaspLogin.DefaultFile, _options.User);
            return new ScriptApi(new GoogleApi(login, _endpoints, _time) { Backoff = _backoff }, _endpoints);
        }
        catch (StoreException e) when (survey.HasFolders)
        {
            survey.Break(e.Message);
            return null;
        }
    }
}
