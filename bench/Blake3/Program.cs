using System.Diagnostics;
using JadaStore.Store.Hashing;

// Prints the BLAKE3 of a file, hashed on this thread in buffers of 1 MiB, and how fast that went. Named as b3sum names
// it, so that the two can be compared.
if (args is not [string path])
{
    Console.Error.WriteLine("usage: bench-blake3 FILE");
    return 2;
}

long began = Stopwatch.GetTimestamp();
long length = 0;
var hasher = new Blake3Hasher();
byte[] buffer = GC.AllocateUninitializedArray<byte>(1 << 20);
using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
{
    for (int read; (read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0; length += read)
    {
        hasher.Update(buffer.AsSpan(0, read));
    }
}

Console.WriteLine($"{hasher.Finish()}  {path}");
Console.Error.WriteLine($"{length / Stopwatch.GetElapsedTime(began).TotalSeconds / 1e9:F2} GB/s");
return 0;
