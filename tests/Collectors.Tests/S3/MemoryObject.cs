namespace JadaStore.Collectors.Tests.S3;

/// <summary>An object of a <see cref="MemoryBucket"/>.</summary>
internal sealed record MemoryObject(byte[] Bytes, string ETag, IReadOnlyList<(string Name, string Value)> Headers);
