namespace JadaStore.Store.Model;

/// <summary>A named value that belongs to an entry: an extended attribute, a header of an object, a tag.</summary>
/// <param name="Name">Which, with its family in front: <c>xattr.user.comment</c>, <c>s3.ContentType</c>.</param>
/// <param name="Value">Any bytes; text is UTF-8.</param>
public sealed record NamedValue(string Name, byte[] Value);
