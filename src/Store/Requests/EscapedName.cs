using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>A path that the target cannot hold as it is.</summary>
/// <param name="Path">In the snapshot: <c>s3/sailjada.com/a//b</c>.</param>
/// <param name="Name">What stands for it under the target.</param>
public sealed record EscapedName(EntryPath Path, EntryPath Name);
