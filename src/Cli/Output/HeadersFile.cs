using JadaStore.Cli.Output.Json;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>Headers and tags of the objects that were restored, a line of JSON each, in no order.</summary>
/// <param name="file">A full path; what stood there is gone.</param>
internal sealed class HeadersFile(string file) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _lines = new(file) { NewLine = "\n" };

    /// <summary>Adds an object, if it is one and the target holds it now.</summary>
    public void Add(RestoreAction action)
    {
        if (action is { Entry: { } entry, Kind: not (RestoreActionKind.Keep or RestoreActionKind.Delete) }
            && ObjectJson.Of(action.Path, entry) is { } line)
        {
            lock (_gate)
            {
                JsonOutput.Write(_lines, line);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}
