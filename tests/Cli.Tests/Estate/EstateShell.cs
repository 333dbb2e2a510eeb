using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Tests.Estate;

/// <summary>A repository with snapshots of services that are told what they hold, and command lines on it.</summary>
internal sealed class EstateShell : IDisposable
{
    private readonly TestShell _shell = new();

    public string Text => _shell.Text;

    public string Error => _shell.Error;

    public string Folder => _shell.Folder;

    /// <summary>The lines of the result but for the last, which counts.</summary>
    public string[] Lines => Text.Split('\n')[..^2];

    public static Task<EstateShell> TakeAsync(params ICollector[][] snapshots) =>
        TakeAsync([.. snapshots.Select(sources => new SnapshotRequest { Sources = sources })]);

    public static async Task<EstateShell> TakeAsync(IReadOnlyList<SnapshotRequest> snapshots)
    {
        var shell = new EstateShell();
        string place = Path.Combine(shell._shell.Folder, ".jstore");
        await using Repository repository = await Repository.CreateAsync(place, new CreateOptions(), default);
        foreach (SnapshotRequest request in snapshots)
        {
            await repository.SnapshotAsync(request, null, default);
        }

        return shell;
    }

    /// <summary>Two snapshots of one service.</summary>
    public static Task<EstateShell> OfAsync(string root, (string, string?)[] older, (string, string?)[] newer) =>
        TakeAsync([new EstateSource(root, older)], [new EstateSource(root, newer)]);

    public Task<int> RunAsync(params string[] words) => _shell.RunAsync(words);

    public void Dispose() => _shell.Dispose();
}
