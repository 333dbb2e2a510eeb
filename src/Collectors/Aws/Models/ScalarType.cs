namespace JadaStore.Collectors.Aws.Models;

/// <summary>What a single value is.</summary>
internal enum ScalarType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number of any length.</summary>
    Integer,

    /// <summary>A number with a fraction.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A point in time.</summary>
    Timestamp,

    /// <summary>Bytes, in base64.</summary>
    Blob,
}
