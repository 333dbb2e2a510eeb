using System.Globalization;
using System.Numerics;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>The names of snapshots: v1.0, v1.1, …, or what the user says.</summary>
internal static class SnapshotNames
{
    /// <summary>So many digits of an id may stand for it.</summary>
    public const int LeastDigits = 4;

    /// <summary>The name that comes after all that are there.</summary>
    public static string Next(IEnumerable<Snapshot> existing, bool major)
    {
        (BigInteger Major, BigInteger Minor)? newest = null;
        foreach (Snapshot snapshot in existing)
        {
            if (TryParse(snapshot.Record.Name, out (BigInteger Major, BigInteger Minor) version)
                && (newest is null || version.CompareTo(newest.Value) > 0))
            {
                newest = version;
            }
        }

        return newest is not { } last ? "v1.0"
            : major ? FormattableString.Invariant($"v{last.Major + 1}.0")
            : FormattableString.Invariant($"v{last.Major}.{last.Minor + 1}");
    }

    /// <summary>Checks a name that a user chose.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Refused"/>: it could be taken for something else, or is
    /// taken.</exception>
    public static void Check(string name, IEnumerable<Snapshot> existing) => Check(name, existing, []);

    /// <summary>
    /// As the other; the name of a forgotten snapshot is taken too, as long as that one can be brought back.
    /// </summary>
    public static void Check(string name, IEnumerable<Snapshot> existing, IEnumerable<ForgottenSnapshot> forgotten)
    {
        bool isWord = name.Length is > 0 and <= 100
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+');
        if (!isWord || name is "latest" || name[0] is '-' or '.')
        {
            throw new StoreException(
                StoreFault.Refused, $"'{name}' cannot name a snapshot.",
                "Use letters, digits, '.', '-', '_' and '+', at most 100, not beginning with '-' or '.', and not 'latest'.");
        }

        if (existing.Any(snapshot => snapshot.Record.Name == name))
        {
            throw new StoreException(
                StoreFault.Refused, $"There is a snapshot named '{name}' already.", "Leave --name out to count up, or choose another.");
        }

        if (forgotten.Any(one => one.Snapshot.Record.Name == name))
        {
            throw new StoreException(
                StoreFault.Refused, $"'{name}' names a forgotten snapshot that can still be brought back.",
                $"Choose another name, or `jstore undelete {name}`.");
        }
    }

    /// <summary>The one snapshot that <paramref name="reference"/> means.</summary>
    /// <param name="reference">A name, an id's first 4 or more digits, or <c>latest</c>; each with <c>~N</c> for the
    /// N-th before it.</param>
    /// <param name="snapshots">All, oldest first.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/> or
    /// <see cref="StoreFault.Ambiguous"/>.</exception>
    public static Snapshot Find(string reference, IReadOnlyList<Snapshot> snapshots)
    {
        string word = reference;
        int back = 0;
        int tilde = reference.LastIndexOf('~');
        if (tilde > 0)
        {
            word = reference[..tilde];
            string count = reference[(tilde + 1)..];
            if (!int.TryParse(
                count.Length == 0 ? "1" : count, NumberStyles.None, CultureInfo.InvariantCulture, out back))
            {
                throw NotFound(reference, snapshots);
            }
        }

        Snapshot found = FindWord(word, reference, snapshots);
        for (; back > 0; back--)
        {
            found = snapshots.FirstOrDefault(s => s.Id.ToString() == found.Record.Parent)
                ?? throw new StoreException(
                    StoreFault.NotFound,
                    $"There is no snapshot '{reference}': {found.Record.Name} has none before it here.");
        }

        return found;
    }

    private static Snapshot FindWord(string word, string reference, IReadOnlyList<Snapshot> snapshots)
    {
        if (word == "latest" && snapshots.Count > 0)
        {
            return snapshots[^1];
        }

        if (snapshots.FirstOrDefault(s => s.Record.Name == word) is { } named)
        {
            return named;
        }

        List<Snapshot> byId = word.Length < LeastDigits
            ? []
            : [.. snapshots.Where(s => s.Id.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase))];
        return byId.Count switch
        {
            1 => byId[0],
            0 => throw NotFound(reference, snapshots),
            _ => throw new StoreException(
                StoreFault.Ambiguous, $"'{word}' begins the ids of {byId.Count} snapshots.", "Give more digits, or the name."),
        };
    }

    private static StoreException NotFound(string reference, IReadOnlyList<Snapshot> snapshots) => new(
        StoreFault.NotFound, $"There is no snapshot '{reference}'.",
        snapshots.Count == 0 ? "There is none yet: `jstore snapshot FOLDER` takes one." : $"`jstore list` shows them; the newest is {snapshots[^1].Record.Name}.");

    private static bool TryParse(string name, out (BigInteger Major, BigInteger Minor) version)
    {
        version = default;
        int dot = name.IndexOf('.');
        return name.StartsWith('v') && dot > 1
            && BigInteger.TryParse(
                name.AsSpan(1, dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out version.Major)
            && BigInteger.TryParse(
                name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out version.Minor);
    }
}
