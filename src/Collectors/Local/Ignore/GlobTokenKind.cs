namespace JadaStore.Collectors.Local.Ignore;

/// <summary>What a step of a compiled pattern matches.</summary>
internal enum GlobTokenKind
{
    /// <summary>One byte of one value.</summary>
    Byte,

    /// <summary><c>?</c>: one byte but <c>/</c>.</summary>
    AnyByte,

    /// <summary><c>[…]</c>: one byte out of a set, never <c>/</c>.</summary>
    Set,

    /// <summary><c>*</c>: any bytes but <c>/</c>, or none.</summary>
    AnyInName,

    /// <summary><c>**</c> at a pattern's end: any bytes, or none.</summary>
    AnyPath,

    /// <summary><c>**/</c>: any bytes up to and with a <c>/</c>, or none.</summary>
    AnyFolders,
}
