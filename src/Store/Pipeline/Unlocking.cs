using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>Tries what was found of configs and keys until two fit each other.</summary>
/// <param name="place">For messages.</param>
/// <param name="configs">At least one; the first one goes first.</param>
/// <param name="keys">At least one.</param>
internal sealed class Unlocking(string place, IReadOnlyList<RepositoryConfig> configs, IReadOnlyList<KeyFile> keys)
{
    private StoreException? _misfit;

    /// <summary>
    /// Open slots first: a password is asked for only where one is needed, and tried on every slot. What an open slot
    /// gives may be damaged, or be left from an init that was cut short: the config tells.
    /// </summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.WrongPassword"/>, <see cref="StoreFault.Corrupt"/>.
    /// </exception>
    public Unlocked Unlock(Func<string?> askPassword)
    {
        if (TryAll(isOpen: true, "") is { } open)
        {
            return open;
        }

        if (_misfit is not null && keys.All(key => key.Slot.IsOpen))
        {
            throw _misfit;
        }

        string password = askPassword() ?? throw new StoreException(
            StoreFault.WrongPassword, $"The repository in {place} needs a password.",
            "Give it in JSTORE_PASSWORD, with --password-file or --password-command, or at a terminal.");
        _misfit = null;
        return TryAll(isOpen: false, password) ?? throw _misfit ?? new StoreException(
            StoreFault.WrongPassword, $"The password does not open the repository in {place}.", "`jstore key list`, from where it is open, shows what keys there are.");
    }

    private Unlocked? TryAll(bool isOpen, string password)
    {
        foreach (RepositoryConfig config in configs)
        {
            foreach (KeyFile key in keys.Where(key => key.Slot.IsOpen == isOpen))
            {
                if (TryOne(config, key, password) is { } unlocked)
                {
                    return unlocked;
                }
            }
        }

        return null;
    }

    // Null: the password is not this slot's, or the key is not this config's. Such a key is given to nobody.
    private Unlocked? TryOne(RepositoryConfig config, KeyFile key, string password)
    {
        if (!key.Slot.TryUnwrap(password, config.RepositoryId, out MasterKey? master))
        {
            return null;
        }

        try
        {
            config.CheckMac(master);
            return new Unlocked(config, master, key);
        }
        catch (StoreException e) when (e.Fault is StoreFault.Corrupt)
        {
            master.Dispose();
            _misfit = e;
            return null;
        }
    }
}
