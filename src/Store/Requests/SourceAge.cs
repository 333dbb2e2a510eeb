using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>When a source, or a region of one, was last taken.</summary>
/// <param name="Root">The source.</param>
/// <param name="Region">The region; null: the source, be it any part of it.</param>
/// <param name="Newest">The newest snapshot that has it. One that could not reach it does not count.</param>
public sealed record SourceAge(string Root, string? Region, Snapshot Newest)
{
    /// <summary><c>s3/sailjada.com</c>, <c>lambda/us-east-1</c>.</summary>
    public string Name => Region is null ? Root : $"{Root}/{Region}";
}
