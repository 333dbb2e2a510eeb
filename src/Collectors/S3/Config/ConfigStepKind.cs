namespace JadaStore.Collectors.S3.Config;

/// <summary>What a restore does, or would do, to one part of a bucket's configuration.</summary>
public enum ConfigStepKind
{
    /// <summary>It is not there, and is put.</summary>
    Create,

    /// <summary>It is there and differs, and is put.</summary>
    Overwrite,

    /// <summary>It is there and was not, and is removed.</summary>
    Delete,
}
