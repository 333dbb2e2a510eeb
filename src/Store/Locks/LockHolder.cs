using System.Globalization;

namespace JadaStore.Store.Locks;

/// <summary>
/// Who holds a lock, as it says beside the lock file. A hint for a message: the lock itself is the truth.
/// </summary>
/// <param name="Pid">Its process.</param>
/// <param name="Host">The machine of that.</param>
/// <param name="Purpose">What it does: <c>jstore snapshot</c>.</param>
/// <param name="Since">When it took the lock.</param>
/// <param name="View">Of a session, what it builds on; null for other locks.</param>
internal sealed record LockHolder(int Pid, string Host, string Purpose, DateTimeOffset Since, SessionView? View = null)
{
    private const int MostText = 64;

    /// <summary>This process.</summary>
    public static LockHolder Me(string purpose, TimeProvider time) =>
        new(Environment.ProcessId, Environment.MachineName, purpose, time.GetUtcNow());

    /// <summary><c>jstore snapshot (pid 1234 on web1) since 2026-11-23 12:03 UTC</c>.</summary>
    public override string ToString()
    {
        string since = Since.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Plain(Purpose)} (pid {Pid} on {Plain(Host)}) since {since} UTC");
    }

    // Anybody may have written it: nothing of it may move a terminal's cursor.
    private static string Plain(string text) =>
        new([.. text.Take(MostText).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
}
