namespace JadaStore.Collectors.S3.Config;

/// <summary>One step of a restore.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">The document, and after a space the part's id where it has parts: <c>inventory.json
/// weekly</c>.</param>
/// <param name="Failure">Why it failed; null when it did not, or was not tried.</param>
public sealed record ConfigStep(ConfigStepKind Kind, string Path, string? Failure = null);
