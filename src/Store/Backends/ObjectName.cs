namespace JadaStore.Store.Backends;

/// <summary>What may name an object; see <see cref="IBackend"/>.</summary>
internal static class ObjectName
{
    /// <summary>Whether the name keeps the rules, and so stays inside the repository wherever that lies.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        foreach (Range range in name.Split('/'))
        {
            ReadOnlySpan<char> segment = name[range];
            if (segment.IsEmpty || segment[0] == '.')
            {
                return false;
            }

            foreach (char c in segment)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// Refuses a name that does not keep the rules; names are made by the program, never taken from outside.
    /// </summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void Check(string name)
    {
        if (!IsValid(name))
        {
            throw new ArgumentException($"'{name}' is no name of an object.", nameof(name));
        }
    }
}
