namespace JadaStore.Collectors.Local.Restore;

/// <summary>What tells a file or folder from all others that exist at the time, whatever names it has.</summary>
/// <param name="FileSystem">The device it lies on.</param>
/// <param name="Number">Its inode there.</param>
internal readonly record struct LinuxIdentity(ulong FileSystem, ulong Number);
