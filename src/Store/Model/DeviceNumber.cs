namespace JadaStore.Store.Model;

/// <summary>What a device file stands for.</summary>
/// <param name="Major">The driver.</param>
/// <param name="Minor">The device within it.</param>
public readonly record struct DeviceNumber(uint Major, uint Minor);
