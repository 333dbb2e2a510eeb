using System.Globalization;
using JadaStore.Bench.ManyChunks;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

// Makes a repository of N chunks of 16 bytes each, in four snapshots, and forgets two of them. For bench/prune_memory.
if (args is not [string folder, string count] || !long.TryParse(count, CultureInfo.InvariantCulture, out long files))
{
    Console.Error.WriteLine("usage: bench-many-chunks FOLDER COUNT");
    return 2;
}

// The first half is needed in part, all over its packs; a quarter is needed in full; a quarter is not needed.
Numbers[] first = [new(0, files / 2, 1)];
Numbers[] second = [new(0, files / 2, 3), new(files / 2, files * 3 / 4, 1)];
Numbers[] third = [new(files * 3 / 4, files, 1)];
await using Repository repository = await Repository.CreateAsync(folder, new CreateOptions(), CancellationToken.None);
var taken = new List<Snapshot>();
foreach (Numbers[] ranges in (Numbers[][])[first, second, third, second])
{
    var request = new SnapshotRequest { Sources = [new NumberedFiles(ranges)], Alarm = null };
    taken.Add(await repository.SnapshotAsync(request, null, CancellationToken.None));
}

string[] names = [taken[0].Record.Name, taken[2].Record.Name];
await repository.ForgetAsync(new ForgetRequest { Snapshots = names }, CancellationToken.None);
return 0;
