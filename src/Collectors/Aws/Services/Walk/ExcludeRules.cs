using System.Text;
using JadaStore.Collectors.Local.Ignore;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>What is left out by rule.</summary>
internal sealed class ExcludeRules
{
    private readonly string _service;
    private readonly IReadOnlyList<Glob> _globs;

    /// <param name="service">What paths begin with, for the rules.</param>
    /// <param name="globs">The rules.</param>
    /// <exception cref="ArgumentException">One is malformed.</exception>
    public ExcludeRules(string service, IReadOnlyList<string> globs)
    {
        _service = service;
        _globs = [.. globs.Select(Parse)];
    }

    /// <summary>Whether a path, inside the source, or a folder above it is left out.</summary>
    public bool Excludes(string path)
    {
        if (_globs.Count == 0)
        {
            return false;
        }

        byte[] whole = Encoding.UTF8.GetBytes(path.Length == 0 ? _service : $"{_service}/{path}");
        for (int end = 1; end <= whole.Length; end++)
        {
            if ((end == whole.Length || whole[end] == (byte)'/')
                && _globs.Any(glob => glob.Matches(whole.AsSpan(0, end))))
            {
                return true;
            }
        }

        return false;
    }

    private static Glob Parse(string text)
    {
        var glob = new Glob(Encoding.UTF8.GetBytes(text.TrimEnd('/')), out bool valid);
        return valid ? glob : throw new ArgumentException($"{text} is no glob.", nameof(text));
    }
}
