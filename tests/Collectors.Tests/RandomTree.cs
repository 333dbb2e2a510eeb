using System.Net.Sockets;
using System.Text;
using JadaStore.Collectors.Tests.Local;

namespace JadaStore.Collectors.Tests;

/// <summary>A folder full of whatever a file system can hold, the same for the same seed.</summary>
internal sealed class RandomTree
{
    private const int Most = 120;

    private static readonly bool s_isRoot = Environment.IsPrivilegedProcess;

    private static readonly int[] s_sizes =
    [
        0, 1, 1023, .. Around(32 << 10), .. Around(64 << 10), .. Around(128 << 10), .. Around(512 << 10),
        .. Around(1 << 20),
        .. Around(2 << 20), 5_000_000,
    ];

    private static readonly string[] s_times =
    [
        "0", "-1.5", "-0.000000001", "-2147483648", "2147483648.000000001", "4294967296.5", "1700000000.123456789",
        "999999999.999999999",
    ];

    // 0, setuid, setgid, sticky, all, unreadable by its owner.
    private static readonly int[] s_modes = [0, 0x9ED, 0x5ED, 0x3FF, 0xFFF, 0x02D, 0x180, 0x124];

    private readonly Random _random;
    private readonly string _stage;
    private readonly ShellScript _make = new();
    private readonly List<(byte[] Path, char Kind)> _made = [];
    private int _staged;

    private RandomTree(int seed, string stage)
    {
        _random = new Random(seed);
        _stage = stage;
    }

    /// <summary>Fills a folder that is empty.</summary>
    public static void Make(string folder, int seed)
    {
        using var stage = new TempTree();
        var tree = new RandomTree(seed, stage.Root);
        tree.Fill("./"u8.ToArray(), depth: 0);
        foreach (int size in s_sizes.Where(_ => tree._random.Next(3) > 0))
        {
            tree.MakeFile(In(tree.Folder(), Encoding.ASCII.GetBytes($"size {size}")), size);
        }

        tree.Set();
        tree._make.Run(folder);
    }

    private static int[] Around(int size) => [size - 1, size, size + 1];

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private void Fill(byte[] folder, int depth)
    {
        _made.Add((folder, 'd'));
        List<byte[]> names = [.. OddNames.All.Where(_ => _random.Next(depth == 0 ? 1 : 6) == 0)];
        _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(names));
        foreach (byte[] name in names.TakeWhile(_ => _made.Count < Most))
        {
            byte[] path = In(folder, name);
            switch (_random.Next(12))
            {
                case 0 or 1 or 2 when depth < 4:
                    _make.Add("mkdir --", path);
                    Fill([.. path, (byte)'/'], depth + 1);
                    break;
                case 3:
                    Add("ln -s --", path, 'l', Target(name));
                    break;
                case 4:
                    Add("mkfifo --", path, 'p');
                    break;
                case 5 when _made.Where(made => made.Kind == 'f').ToList() is { Count: > 0 } files:
                    Add("ln --", path, 'f', files[_random.Next(files.Count)].Path);
                    break;
                case 6:
                    MakeSparse(path);
                    break;
                case 7:
                    MakeSocket(path);
                    break;
                default:
                    MakeFile(path, _random.Next(4) == 0 ? s_sizes[_random.Next(6)] : _random.Next(3000));
                    break;
            }
        }
    }

    private static byte[] In(byte[] folder, byte[] name) => [.. folder, .. name];

    private byte[] Folder() =>
        _made.Where(made => made.Kind == 'd').ToList() is var all ? all[_random.Next(all.Count)].Path : [];

    private byte[] Target(byte[] name) => _random.Next(4) switch
    {
        0 => name,
        1 => Text("/nowhere/at all"),
        2 => [0xFF, .. Text("../../..")],
        _ => _made[_random.Next(_made.Count)].Path,
    };

    private void Add(string command, byte[] path, char kind, params byte[][] before)
    {
        _make.Add(command, [.. before, path]);
        _made.Add((path, kind));
    }

    // Half of the contents come several times, and some of them compress.
    private void MakeFile(byte[] path, int size)
    {
        byte[] content = new byte[size];
        new Random(_random.Next(8)).NextBytes(content.AsSpan(0, _random.Next(3) == 0 ? size / 3 : size));
        Place(path, file => file.Write(content));
    }

    private void MakeSparse(byte[] path) => Place(path, file =>
    {
        int parts = _random.Next(1, 5);
        for (int i = 0; i < parts; i++)
        {
            byte[] data = new byte[_random.Next(2) == 0 ? 1 : _random.Next(300_000)];
            _random.NextBytes(data);
            file.Position += _random.Next(1, 12) << 16;
            file.Write(data);
            file.Position += -file.Position & 0xFFFF;
        }

        file.SetLength(file.Position + (_random.Next(3) << 16) + _random.Next(2));
    });

    private void Place(byte[] path, Action<FileStream> write)
    {
        string staged = Path.Combine(_stage, $"{_staged++}");
        using (FileStream file = File.Create(staged))
        {
            write(file);
        }

        Add("cp --sparse=always --", path, 'f', Text(staged));
    }

    private void MakeSocket(byte[] path)
    {
        // Moved away, it stays when its maker closes it.
        string staged = Path.Combine(_stage, $"{_staged++}");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(staged));
        File.Move(staged, staged + "s");
        Add("mv -T --", path, 's', Text(staged + "s"));
    }

    // In four rounds, as each takes back some of what a later one would have set; none changes the time of a folder
    // above.
    private void Set()
    {
        IEnumerable<string> random = Enumerable.Range(0, 4)
            .Select(_ => $"{_random.NextInt64(-2_000_000_000, 9_000_000_000)}.{_random.Next(1_000_000_000):D9}");
        string[] times = [.. s_times, .. random];
        Each(_ => s_isRoot ? $"chown -h {_random.Next(4) * 21_000}:{_random.Next(2) * 100}" : null);
        foreach (string attribute in Attributes('d').Concat(Attributes('f')).Distinct())
        {
            Each(kind => _random.Next(6) == 0 && Attributes(kind).Contains(attribute) ? $"setfattr -h {attribute}" : null);
        }

        Each(kind => kind == 'l' ? null : $"chmod {Mode(kind)}");
        Each(_ => "touch -h -d @" + times[_random.Next(times.Length)]);
    }

    private void Each(Func<char, string?> command)
    {
        foreach (IGrouping<string?, (byte[] Path, char Kind)> group in _made.GroupBy(made => command(made.Kind)))
        {
            if (group.Key is { } same)
            {
                _make.Add(same + " --", [.. group.Select(made => made.Path)]);
            }
        }
    }

    private string Mode(char kind)
    {
        int mode = _random.Next(3) > 0 ? kind == 'd' ? 0x1ED : 0x1A4 : s_modes[_random.Next(s_modes.Length)];
        return Convert.ToString(s_isRoot ? mode : mode | 0x1C0, 8);
    }

    private static string[] Attributes(char kind)
    {
        string large = new('e', 1800);
        string[] all = kind is 'f' or 'd'
            ? ["-n user.empty", "-n user.text -v text", "-n user.bytes -v 0x00ff0a00", $"-n user.é -v 0x{large}"]
            : [];
        string[] trusted = s_isRoot && kind != 'l' ? ["-n trusted.some -v 0x01"] : [];
        string[] capable =
            s_isRoot && kind == 'f' ? ["-n security.capability -v 0x0100000200200000000000000000000000000000"] : [];
        string[] access = kind is 'f' or 'd' or 'p' ? [$"-n system.posix_acl_access -v {Acl}"] : [];
        string[] inherited = kind == 'd' ? [$"-n system.posix_acl_default -v {Acl}"] : [];
        return [.. all, .. trusted, .. capable, .. access, .. inherited];
    }

    // Version 2; the owner rwx, user 1234 r-x, the group r--, mask rwx, others none.
    private const string Acl =
        "0x0200000001000700ffffffff02000500d204000004000400ffffffff10000700ffffffff20000000ffffffff";
}
