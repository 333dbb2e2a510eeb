using JadaStore.Cli.Tests.Estate;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests;

/// <summary>Another reader, written from docs/format.md alone, is the judge of what jstore writes.</summary>
public sealed class FormatTests
{
    // Debian's Python has the modules that the reader needs; another one may come first on the PATH.
    private const string DebianPython = "/usr/bin/python3";

    private static readonly string Reader = Path.Combine(Tool.Home, "tools", "read_repo.py");
    private static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "jstore.dll");

    [Theory, InlineData(""), InlineData("a password with ünïcode")]
    public async Task The_reader_lists_and_restores_what_jstore_wrote(string password)
    {
        DirectoryInfo home = Directory.CreateTempSubdirectory("jstore-format-");
        string script = $$"""
            set -eu
            export JSTORE_PASSWORD='{{password}}' JSTORE_REPO="$PWD/repository"
            [ -n "$JSTORE_PASSWORD" ] || unset JSTORE_PASSWORD
            mkdir -p tree/empty tree/sub/deep
            printf 'hello\n' > tree/hello
            : > tree/nothing
            seq 1 400000 > tree/sub/lines
            head -c 5000000 /dev/urandom > tree/sub/film.bin
            head -c 100000 tree/sub/film.bin > tree/sub/deep/part
            truncate -s 20M tree/sparse
            printf 'end' >> tree/sparse
            ln tree/hello tree/sub/linked
            ln -s ../hello tree/sub/symlink
            mkfifo tree/pipe
            printf 'odd' > "$(printf 'tree/b\377d\nname')"
            for i in $(seq 1 3000); do echo $i > tree/sub/deep/f$i; done
            dotnet '{{Dll}}' --quiet init {{(password.Length == 0 ? "--no-password" : "")}}
            dotnet '{{Dll}}' --quiet snapshot ./tree
            printf 'changed\n' > tree/hello
            dotnet '{{Dll}}' --quiet snapshot ./tree --compression high
            rm repository/catalog.db*
            {{DebianPython}} -B '{{Reader}}' "$JSTORE_REPO" list
            test "$({{DebianPython}} -B '{{Reader}}' "$JSTORE_REPO" cat v1.0 local/tree/hello)" = hello
            {{DebianPython}} -B '{{Reader}}' "$JSTORE_REPO" restore latest back
            diff -r --no-dereference tree back/local/tree --exclude pipe
            """;

        (int code, string output, string error) = await Tool.RunAsync(home.FullName, "", "bash", "-c", script);

        Assert.True(code == 0, $"{code}\n{output}\n{error}");
        Assert.Contains("v1.0", output, StringComparison.Ordinal);
        Assert.Contains("v1.1", output, StringComparison.Ordinal);

        // Not Delete: the framework cannot name a file whose name is no UTF-8.
        await Tool.RunAsync("/", "", "rm", "-rf", home.FullName);
    }

    /// <summary>Packs of one group and of several, of which bursts, single bytes and the end are lost.</summary>
    [Fact]
    public async Task The_reader_mends_by_parity_to_the_very_bytes_and_reads_without_config_and_keys()
    {
        DirectoryInfo home = Directory.CreateTempSubdirectory("jstore-format-");
        string script = $$"""
            set -eu
            export JSTORE_REPO="$PWD/repository"
            mkdir tree
            head -c 1500000 /dev/urandom > tree/film.bin
            echo hello > tree/hello
            dotnet '{{Dll}}' --quiet init --no-password --parity 4%
            dotnet '{{Dll}}' --quiet snapshot ./tree
            cp -r repository whole
            for pack in repository/packs/*/*; do
                size=$(stat -c %s "$pack")
                if [ "$size" -gt 1000000 ]; then
                    dd if=/dev/urandom of="$pack" bs=1 seek=77777 count=20000 conv=notrunc status=none
                    truncate -s -5000 "$pack"
                else
                    printf x | dd of="$pack" bs=1 seek=9 conv=notrunc status=none
                fi
            done
            for parity in repository/parity/*/*; do
                printf damage | dd of="$parity" bs=1 seek=50 conv=notrunc status=none
            done
            rm repository/config repository/keys/*
            for pack in whole/packs/*/*; do
                name=$(basename "$pack")
                ! cmp -s "$pack" "repository/packs/$(basename "$(dirname "$pack")")/$name"
                {{DebianPython}} -B '{{Reader}}' "$JSTORE_REPO" mend "$name" mended
                cmp "$pack" mended
                rm mended
            done
            dotnet '{{Dll}}' repair
            diff -r whole repository --exclude 'catalog.db*' --exclude locks
            test "$({{DebianPython}} -B '{{Reader}}' "$JSTORE_REPO" cat v1.0 local/tree/hello)" = hello
            rm repository/config repository/keys/*
            test "$({{DebianPython}} -B '{{Reader}}' "$JSTORE_REPO" cat v1.0 local/tree/hello)" = hello
            """;

        (int code, string output, string error) = await Tool.RunAsync(home.FullName, "", "bash", "-c", script);

        Assert.True(code == 0, $"{code}\n{output}\n{error}");
        home.Delete(recursive: true);
    }

    [Fact]
    public async Task The_reader_passes_over_a_ledger()
    {
        var source = new EstateSource("lambda", ("us-east-1/f/configuration.json", "{}"))
        {
            Coverage = [new CoverageLine("us-east-1/functions", CoverageState.Captured, 1)],
        };
        using EstateShell shell = await EstateShell.TakeAsync([source]);

        (int code, string output, string error) = await Tool.RunAsync(
            shell.Folder, "", DebianPython, "-B", Reader, ".jstore", "cat", "v1.0",
            "lambda/us-east-1/f/configuration.json");

        Assert.True(code == 0, error);
        Assert.Equal("{}", output);
    }

    [Fact]
    public async Task The_reader_finds_what_is_forgotten_and_what_is_pinned()
    {
        var source = new EstateSource("lambda", ("us-east-1/f/configuration.json", "{}"));
        using EstateShell shell = await EstateShell.TakeAsync([source], [source], [source]);
        Assert.Equal(0, await shell.RunAsync("forget", "v1.1"));
        Assert.Equal(0, await shell.RunAsync("pin", "v1.2", "-m", "for good"));

        (int code, string output, string error) = await Tool.RunAsync(
            shell.Folder, "", "bash", "-c", $"for what in list forgotten pins; do {DebianPython} -B '{Reader}' .jstore $what; done");

        Assert.True(code == 0, error);
        Assert.Matches("^v1.0 .*\nv1.2 .*\nv1.1  .*: by name\n[0-9a-f]{64}  pinned .*Z: for good\n$", output);
    }

    [Fact]
    public async Task The_readers_own_tests_pass()
    {
        (int code, string output, string error) = await Tool.RunAsync(
            Path.Combine(Tool.Home, "tools"), "", DebianPython, "-B", "-m", "unittest", "-q");

        Assert.True(code == 0, output + error);
    }
}
