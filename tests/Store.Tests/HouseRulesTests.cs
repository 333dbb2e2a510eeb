using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace JadaStore.Store.Tests;

/// <summary>Rules that nothing checks do not last.</summary>
public sealed partial class HouseRulesTests
{
    private static readonly string[] Rooms =
    [
        "Model", "Hashing", "Chunking", "Sealing", "Backends", "Locks", "Packs", "Parity", "Trees", "Catalog",
        "Retention", "Requests", "Pipeline", "Prune", "Repair", "Manifests",
    ];

    private static readonly string Root = FindRoot();

    public static TheoryData<string> AllRooms() => [.. Rooms];

    [Theory, MemberData(nameof(AllRooms))]
    public void A_room_names_only_rooms_to_its_left(string room)
    {
        string[] right = Rooms[(Array.IndexOf(Rooms, room) + 1)..];
        foreach (string file in Directory.GetFiles(
            Path.Combine(Root, "src", "Store", room), "*.cs", SearchOption.AllDirectories))
        {
            string code = Comments().Replace(File.ReadAllText(file), "");
            foreach (string other in right)
            {
                Assert.False(
                    Regex.IsMatch(code, $@"JadaStore\.Store\.{other}\b"),
                    $"{file} names {other}, which lies to the right of {room}");
            }
        }
    }

    [Fact]
    public void Every_room_of_the_store_is_in_the_order()
    {
        IEnumerable<string> folders =
            Directory.GetDirectories(Path.Combine(Root, "src", "Store")).Select(path => Path.GetFileName(path)!);

        Assert.Equal(Rooms.Order(), folders.Where(name => name is not ("bin" or "obj")).Order());
    }

    [Fact]
    public void No_file_has_a_vague_name_or_more_than_400_lines()
    {
        foreach (string file in Sources())
        {
            Assert.DoesNotMatch("(Manager|Helper|Util|Common|Misc)", Path.GetFileNameWithoutExtension(file));
            Assert.True(File.ReadLines(file).Count() <= 400, $"{file} has more than 400 lines");
        }
    }

    [Fact]
    public void The_store_knows_no_console_and_no_service()
    {
        foreach (string file in Sources().Where(path => path.Contains("/src/Store/", StringComparison.Ordinal)))
        {
            Assert.DoesNotMatch(@"\bConsole\.|\bAmazon\b", File.ReadAllText(file));
        }
    }

    [Fact]
    public void No_static_field_can_change()
    {
        IEnumerable<FieldInfo> loose = typeof(Repository).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !type.FullName!.Contains('<', StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.Name.Contains('<', StringComparison.Ordinal)
                && field.DeclaringType!.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is null);

        Assert.Empty(loose.Where(field => !IsGenerated(field)).Select(field => $"{field.DeclaringType}.{field.Name}"));
    }

    // The JSON source generator keeps its default instance in a field of the half of the class that it writes.
    private static bool IsGenerated(FieldInfo field) =>
        typeof(System.Text.Json.Serialization.JsonSerializerContext).IsAssignableFrom(field.DeclaringType);

    private static IEnumerable<string> Sources() =>
        new[] { "src", "tests" }.SelectMany(
            folder => Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "JadaStore.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("The tests do not run from within the repository.");
    }

    [GeneratedRegex(@"//.*?$|/\*.*?\*/", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Comments();
}
