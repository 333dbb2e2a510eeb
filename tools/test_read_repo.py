"""Tests of read_repo.py: `python3 -m unittest` in this folder. The repository here is written by hand from docs/format.md."""
import contextlib
import io
import json
import os
import shutil
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

import lz4.block
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import read_repo
from reader.blake3 import Blake3, blake3, derive, keyed
from reader.codec import Failure, Reader
from reader.tree import Entry

MASTER, REPOSITORY = bytes(range(32)), bytes(range(16))


def varint(n):
    out = b""
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])


def sized(data):
    return varint(len(data)) + data


def seal(key, nonce, plain, aad):
    return AESGCM(key).encrypt(nonce, plain, aad)


class Writer:
    """A repository with one source, `local/site`, of what `entry` and `inner` were called with."""

    def __init__(self, folder):
        self.folder, self.chunks, self.chunk_key = Path(folder), [], derive("JadaStore 2026-11 chunk id", MASTER)

    def chunk(self, data):
        self.chunks.append((keyed(self.chunk_key, blake3(data)), data))
        return self.chunks[-1][0]

    def pack(self, name, purpose, chunks, codec):
        header = b"JSTOREPK" + bytes([1, purpose]) + bytes(6) + name
        key, lengths, raw = derive("JadaStore 2026-11 pack", MASTER + name), [len(d) for _, d in chunks], b"".join(d for _, d in chunks)
        block = bytes([codec]) + varint(len(raw)) + varint(len(chunks)) + b"".join(map(varint, lengths))
        block += raw if codec == 0 else lz4.block.compress(raw, store_size=False)
        frame = seal(key, bytes(12), block, header)
        footer = varint(1) + varint(len(frame)) + varint(len(raw)) + varint(len(chunks)) + b"".join(varint(len(d)) + i for i, d in chunks)
        footer = seal(key, b"\xff" * 4 + bytes(8), footer, header)
        self.write(f"packs/{name.hex()[:2]}/{name.hex()}", header + struct.pack("<I", len(frame)) + frame + footer
                   + struct.pack("<II", len(footer), 1) + b"JSTOREPE")

    def write(self, name, data):
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(data)

    def finish(self, top, entries, size):
        config = json.dumps({"format": 1, "repository_id": REPOSITORY.hex()}).encode()
        self.write("config", config + b"\n" + keyed(derive("JadaStore 2026-11 config", MASTER), config).hex().encode() + b"\n")
        secret = hash_secret_raw(b"secret", bytes(16), 1, 8, 1, 32, Type.ID)
        self.write("keys/00112233aabbccdd.json", json.dumps({
            "version": 1, "id": "00112233aabbccdd", "kdf": "argon2id", "memory_kib": 8, "iterations": 1, "parallelism": 1, "salt": "00" * 16,
            "nonce": "01" * 12, "wrapped": seal(secret, b"\1" * 12, MASTER, b"JadaStore key" + REPOSITORY).hex()}).encode())
        self.pack(bytes(range(100, 116)), 0, self.chunks[:2], 0)
        self.pack(bytes(range(200, 216)), 1, self.chunks[2:], 1)
        text = json.dumps({"version": 1, "nonce": "0" * 32, "name": "v1.0", "time": "2026-11-23T07:23:33.5265091Z", "sources": [
            {"root": "local/site", "tree": top.hex(), "entries": entries, "bytes": size}]}).encode()
        header = b"JSTORESN\x01" + bytes(7) + b"\7" * 16
        key = derive("JadaStore 2026-11 record", MASTER + b"\7" * 16)
        self.write(f"snapshots/{blake3(text).hex()}", header + seal(key, bytes(12), text, header))


def leaf(*items):
    out, previous = b"", b""
    for path, entry in items:
        shared = len(os.path.commonprefix([path, previous]))
        out, previous = out + varint(shared) + sized(path[shared:]) + entry, path
    return bytes([0]) + varint(len(items)) + out


def write_repository(folder):
    """Two leaves below one inner page: a file of one chunk, one of two chunks and a hole, a link, an empty file, a folder."""
    w = Writer(folder)
    a, b = b"first " * 40, b"second " * 40
    ia, ib = w.chunk(a), w.chunk(b)
    whole = a + bytes(5) + b
    one = bytes([1]) + varint(1 | 1 << 1 | 1 << 4) + varint(len(a)) + varint(2 * 10**9) + varint(7) + blake3(a)
    refs = varint(len(a) << 1) + ia + varint(5 << 1 | 1) + varint(len(b) << 1) + ib
    both = bytes([1]) + varint(1 | 1 << 4 | 1 << 5) + varint(len(whole)) + blake3(whole) + bytes([0]) + varint(3) + refs
    link = bytes([3]) + varint(1 << 6) + sized(b"a.txt")
    empty = bytes([1]) + varint(1 << 4) + blake3(b"")
    first = leaf((b"", bytes([2]) + varint(0)), (b"a.txt", one))
    second = leaf((b"b/both", both), (b"b/empty", empty), (b"link", link))
    size = len(a) + len(whole)
    top = bytes([1]) + varint(2) + varint(0) + sized(b"") + w.chunk(first) + varint(2) + varint(len(a)) + varint(0) + sized(b"b/both") + w.chunk(
        second) + varint(3) + varint(len(whole))
    w.finish(w.chunk(top), 5, size)
    return a, whole


def run(*arguments, password=b"secret"):
    """Exit code, what was written out, what was said."""
    os.environb[b"JSTORE_PASSWORD"] = password
    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = read_repo.main([str(a) for a in arguments])
    out.flush()
    return code, out.buffer.getvalue(), err.getvalue()


class Blake3Tests(unittest.TestCase):
    @unittest.skipUnless(shutil.which("b3sum") or os.environ.get("CI") == "true", "b3sum is not installed")
    def test_all_modes_agree_with_b3sum(self):
        for n in (0, 1, 64, 65, 1023, 1024, 1025, 2049, 5000, 1 << 20, (1 << 20) + 1, (3 << 20) + 12345):
            data = (bytes(range(251)) * (n // 251 + 1))[:n]
            with tempfile.NamedTemporaryFile() as f:
                Path(f.name).write_bytes(data)
                for options, stdin, mine in (([], b"", blake3(data)), (["--keyed"], MASTER, keyed(MASTER, data)),
                                             (["--derive-key", "some context"], b"", derive("some context", data))):
                    theirs = subprocess.run(["b3sum", "--no-names", *options, f.name], input=stdin, capture_output=True, check=True)
                    self.assertEqual(theirs.stdout.decode().strip(), mine.hex(), (n, options))

    def test_the_portions_of_the_input_do_not_matter(self):
        data, hasher = bytes(range(256)) * 10_000, Blake3()
        for i in range(0, len(data), 700_001):
            hasher.update(data[i:i + 700_001])
        self.assertEqual(blake3(data), hasher.digest())


class RepositoryTests(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="read-repo-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.repo = self.folder / "repo"
        self.first, self.both = write_repository(self.repo)

    def test_every_command_reads_what_was_written(self):
        self.assertIn(b"v1.0  2026-11-23T07:23:33.5265091Z", run(self.repo, "list")[1])
        code, out, _ = run(self.repo, "ls", "v1.0")
        self.assertEqual(0, code)
        self.assertEqual([b"local/site/", b"local/site/a.txt", b"local/site/b/both", b"local/site/b/empty", b"a.txt"],
                         [line.split()[-1] for line in out.splitlines()])
        self.assertEqual((0, self.first, ""), run(self.repo, "cat", "latest", "local/site/a.txt"))
        self.assertEqual((0, self.both, ""), run(self.repo, "cat", "latest", "local/site/b/both"))
        self.assertEqual((0, b"", ""), run(self.repo, "cat", "latest", "local/site/b/empty"))
        self.assertEqual((0, b"", ""), run(self.repo, "restore", "latest", self.folder / "out"))
        site = self.folder / "out/local/site"
        self.assertEqual(self.both, (site / "b/both").read_bytes())
        self.assertEqual(10**18 + 7, (site / "a.txt").stat().st_mtime_ns)
        self.assertEqual("a.txt", os.readlink(site / "link"))

    def test_what_is_not_there_is_said_in_one_line(self):
        for code, arguments in ((1, ["cat", "latest", "local/site/c"]), (1, ["cat", "v9", "x"]), (1, ["cat", "v1.0", "local/site/link"]),
                                (2, ["cat", "v1.0"]), (2, ["frobnicate"]), (1, ["restore", "latest", self.repo])):
            found, _, said = run(self.repo, *arguments)
            self.assertEqual(code, found, arguments)
            self.assertTrue(code == 2 or said.count("\n") == 1, said)
        self.assertEqual(10, run(self.folder, "list")[0])
        self.assertEqual(12, run(self.repo, "list", password=b"wrong")[0])
        self.assertEqual(12, run(self.repo, "list", password=b"")[0])

    def test_a_byte_changed_in_any_file_is_noticed_and_no_wrong_byte_goes_out(self):
        for file in [f for f in self.repo.rglob("*") if f.is_file()]:
            whole = file.read_bytes()
            for i in range(0, len(whole), 1 if len(whole) < 400 else 5):
                file.write_bytes(whole[:i] + bytes([whole[i] ^ 1 << i % 8]) + whole[i + 1:])
                self.assert_damage_or_right(file.name, i)
            for i in range(0, len(whole), 37):
                file.write_bytes(whole[:i])
                self.assert_damage_or_right(file.name, -i)
            file.write_bytes(whole)

    def assert_damage_or_right(self, *where):
        code, out, said = run(self.repo, "cat", "v1.0", "local/site/b/both")
        self.assertTrue(code in (1, 12, 13) and self.both.startswith(out) or (code, out) == (0, self.both), (where, code, out, said))
        self.assertNotIn("Traceback", said)

    def test_paths_that_would_leave_the_folder_are_not_restored(self):
        hostile = [b"../out", b"/etc/x", b"a//b", b"a/../../x", b"nul\0", b"end/"]
        shutil.rmtree(self.repo)
        w = Writer(self.repo)
        w.chunk(b"x")
        w.chunk(b"y")
        entry = bytes([1]) + varint(1 << 4) + blake3(b"")
        w.finish(w.chunk(leaf(*((path, entry) for path in sorted([*hostile, b"good"])))), len(hostile) + 1, 0)
        code, _, said = run(self.repo, "restore", "latest", self.folder / "out")
        self.assertEqual((1, len(hostile)), (code, said.count("\n")), said)
        self.assertEqual([self.folder / "out/local/site/good"], [f for f in (self.folder / "out").rglob("*") if f.is_file()])


class EntryTests(unittest.TestCase):
    def test_entries_that_the_format_forbids_are_refused(self):
        good = bytes([1]) + varint(1 | 1 << 4) + varint(3) + bytes(32)
        self.assertEqual(3, Entry(b"p", Reader(good, "page")).size)
        for path, bad in ((b"p", good[:-1]), (b"p", b"\x08\x00"), (b"p", b"\x01" + varint(1 << 12)), (b"p", b"\x01\x01\x00"), (b"p", b"\x01\x01\x83\x00"),
                          (b"p", b"\x02\x00"), (b"p/", b"\x02\x01\x03"), (b"p", b"\x01" + varint(1 << 6) + b"\x01x"), (b"p", b"\x01\x02\x00" + varint(10**9)),
                          (b"p", b"\x01\x04" + varint(0o10000)), (b"b", b"\x01" + varint(1 << 7) + b"\x01c"),
                          (b"p", b"\x01" + varint(1 | 1 << 5) + varint(9) + b"\x00\x01" + varint(8 << 1 | 1)), (b"p", b"\x01\x20\x00\x00"),
                          (b"p", b"\x01\x20\x01\x01" + varint(8 << 1 | 1)), (b"p", b"\x01\x20\x04\x01" + varint(8 << 1) + bytes(32))):
            with self.assertRaises(Failure, msg=bad.hex()):
                Entry(path, Reader(bad, "page"))


if __name__ == "__main__":
    unittest.main()
