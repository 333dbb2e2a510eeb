namespace JadaStore.Collectors.Local;

/// <summary>What tells one file or folder of this machine from every other, whatever path led there.</summary>
/// <param name="Device">The device's major and minor number, 32 bits each.</param>
/// <param name="Inode">The file's number on that device.</param>
internal readonly record struct FileId(ulong Device, ulong Inode);
