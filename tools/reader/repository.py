"""A repository: its key, its packs and its snapshot records; docs/format.md, all but "Pages" and "Entries"."""
import base64
import os
import re
import struct
import sys
from datetime import datetime
from pathlib import Path

import argon2.low_level
import lz4.block
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reader.blake3 import blake3, derive, keyed
from reader.codec import Failure, Reader, check, from_hex, parse_json, unseal

MAX_CHUNK, MAX_BLOCK = 1 << 20, 4 << 20


def moment(text):
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Failure(f"{text} is not a time") from None


class Repository:
    """Opened with a password, or None where a bare key lies in keys/."""

    def __init__(self, folder, password):
        self.folder = Path(folder)
        files = [file for file in (self.folder / "config", self.folder / "copies/config") if file.is_file()]
        if not files:
            raise Failure(f"there is no repository at {folder}", 10)
        self.open(files, password)

    def open(self, files, password):
        """With the first config that can be read and fits a key; the second one is the copy."""
        try:
            self.open_with(files[0], password)
        except Failure:
            if len(files) == 1:
                raise
            print("read_repo: warning: config is damaged; its copy is used", file=sys.stderr)
            self.open_with(files[1], password)

    def open_with(self, file, password):
        parts = file.read_bytes().split(b"\n")
        check(len(parts) == 3 and parts[2] == b"", "config is not a line of JSON and a line of mac")
        config = parse_json(parts[0], "config")
        if config.get("format") != 1:
            raise Failure(f"config is of format {config.get('format')}; this reads format 1", 1)
        self.id = from_hex(config.get("repository_id"), 16, "config: repository_id")
        for self.master in self.open_keys(password):
            mac = keyed(derive("JadaStore 2026-11 config", self.master), parts[0])
            if parts[1] == mac.hex().encode():
                break
        else:
            raise Failure("config is damaged, or its key is another repository's: the mac does not fit")
        self.chunk_key = derive("JadaStore 2026-11 chunk id", self.master)
        self.chunks, self.opened = None, {}

    def open_keys(self, password):
        """Every master key that a file in keys/, or its copy, gives."""
        names = sorted({file.name for folder in ("keys", "copies/keys") for file in (self.folder / folder).glob("*.json")})
        check(names, "there is no key in keys/")
        found, problem = [], None
        for name in names:
            for file in (self.folder / "keys" / name, self.folder / "copies/keys" / name):
                try:
                    found += [key for key in self.open_key(file, password) if key not in found] if file.is_file() else []
                except Failure as e:
                    problem = e
        if not found:
            raise problem or Failure(
                "no key opens with this password" if password is not None else "a password is needed: set JSTORE_PASSWORD", 12)
        return found

    def open_key(self, file, password):
        what, key = f"keys/{file.name}", parse_json(file.read_bytes(), f"keys/{file.name}")
        check(key.get("version") == 1, f"{what} is of version {key.get('version')}; this reads version 1")
        check(key.get("id") == file.stem and from_hex(file.stem, 8, what), f"{what} names another key than itself")
        if key.get("kdf") == "none":
            return [from_hex(key.get("master"), 32, f"{what}: master")]
        check(key.get("kdf") == "argon2id", f"{what} has an unknown kdf")
        cost = [key.get(name) for name in ("iterations", "memory_kib", "parallelism")]
        check(all(type(n) is int for n in cost) and 1 <= cost[0] <= 64 and 8 <= cost[1] <= 1 << 20 and cost[2] == 1,
              f"{what} has Argon2id parameters out of range")
        salt, nonce, wrapped = (from_hex(key.get(name), n, f"{what}: {name}") for name, n in (("salt", 16), ("nonce", 12), ("wrapped", 48)))
        if password is None:
            return []
        secret = argon2.low_level.hash_secret_raw(password, salt, *cost, hash_len=32, type=argon2.Type.ID, version=19)
        try:
            return [AESGCM(secret).decrypt(nonce, wrapped, b"JadaStore key" + self.id)]
        except InvalidTag:
            return []

    # Packs: where each chunk lies, from the footers.
    def index(self):
        self.chunks = {}
        for file in sorted((self.folder / "packs").glob("*/*")):
            try:
                self.read_footer(file)
            except (Failure, OSError) as e:  # its chunks may lie in another pack, or not be asked for
                print(f"read_repo: warning: {e}", file=sys.stderr)

    def read_footer(self, file):
        what, name = f"pack {file.name}", from_hex(file.name, 16, f"packs/{file.parent.name}/{file.name}")
        check(file.parent.name == file.name[:2], f"{what} lies in the wrong folder")
        with open(file, "rb") as f:
            size = os.fstat(f.fileno()).st_size
            check(size >= 32 + 16, f"{what} is cut short")
            header = f.read(32)
            check(header[:8] == b"JSTOREPK" and header[8] == 1, f"{what} is no pack of version 1")
            check(header[9] in (0, 1) and header[10:16] == bytes(6) and header[16:] == name, f"{what} has another pack's header")
            f.seek(size - 16)
            length, count, magic = struct.unpack("<II8s", f.read(16))
            check(magic == b"JSTOREPE" and 16 < length <= min(size - 48, 256 << 20), f"{what} has no end: it is cut short or damaged")
            f.seek(size - 16 - length)
            sealed = f.read(length)
        key = derive("JadaStore 2026-11 pack", self.master + name)
        footer = Reader(unseal(key, struct.pack("<IQ", 0xFFFFFFFF, 0), sealed, header, f"footer of {what}"), f"footer of {what}")
        check(footer.varint() == count, f"footer and trailer of {what} count differently")
        at, found = 32, []
        for number in range(count):
            frame, raw, lengths, ids = footer.varint(), footer.varint(MAX_BLOCK), [], []
            for _ in range(footer.varint(MAX_BLOCK)):
                lengths.append(footer.varint(MAX_CHUNK))
                ids.append(footer.take(32))
            check(lengths and min(lengths) > 0 and sum(lengths) == raw, f"block {number} of {what} is not the sum of its chunks")
            found += ((chunk, (file, header, key, number, at, frame, lengths, i)) for i, chunk in enumerate(ids))
            at += 4 + frame
        footer.done()
        check(at == size - 16 - length, f"the frames of {what} do not end where its footer begins")
        for chunk, place in found:
            self.chunks.setdefault(chunk, []).append(place)

    def read_block(self, file, header, key, number, at, frame, lengths):
        what = f"block {number} of pack {file.name}"
        with open(file, "rb") as f:
            f.seek(at)
            check(f.read(4) == struct.pack("<I", frame), f"{what} has another length than its footer says")
            sealed = f.read(frame)
        block = Reader(unseal(key, struct.pack("<IQ", number, 0), sealed, header, what), what)
        codec, raw = block.u8(), block.varint(MAX_BLOCK)
        check([block.varint(MAX_CHUNK) for _ in range(block.varint(MAX_BLOCK))] == lengths and raw == sum(lengths),
              f"{what} has other chunks than its footer says")
        payload = block.take(len(block.data) - block.at)
        if codec in (1, 2):
            try:
                payload = lz4.block.decompress(payload, uncompressed_size=raw)
            except lz4.block.LZ4BlockError:
                raise Failure(f"{what} does not decompress") from None
        else:
            check(codec == 0, f"{what} has an unknown codec")
        check(len(payload) == raw, f"{what} has another length than it says")
        return payload

    def chunk(self, chunk):
        """The bytes of a chunk, checked against its id; from another pack when one copy is damaged."""
        if self.chunks is None:
            self.index()
        problem = Failure(f"chunk {chunk.hex()} is in no pack")
        for *block, position in self.chunks.get(chunk, ()):
            try:
                file, number, lengths = block[0], block[3], block[6]
                if (file, number) not in self.opened:
                    while len(self.opened) > 3:  # a few stay open, as its neighbours are often asked for next
                        del self.opened[next(iter(self.opened))]
                    self.opened[file, number] = self.read_block(*block)
                begin = sum(lengths[:position])
                data = self.opened[file, number][begin:begin + lengths[position]]
                check(keyed(self.chunk_key, blake3(data)) == chunk, f"chunk {chunk.hex()} in pack {file.name} is not what its id says")
                return data
            except (Failure, OSError) as e:
                problem = e
        raise problem

    # Snapshots.
    def snapshots(self):
        """All, by time, but none before its parent."""
        records = {}
        for file in sorted((self.folder / "snapshots").iterdir()):
            try:
                records[file.name] = self.record(file.name, file.read_bytes())
            except Failure:
                copy = self.folder / "copies/snapshots" / file.name
                if not copy.is_file():
                    raise
                records[file.name] = self.record(file.name, copy.read_bytes())
        ordered = {}
        for name in sorted(records, key=lambda name: (moment(records[name]["time"]), name)):
            chain = []
            while name in records and name not in ordered:
                chain.append(name)
                name = records[name].get("parent")
            ordered.update((name, records[name]) for name in reversed(chain))
        return ordered

    def record(self, name, data):
        what = f"snapshot {name}"
        text = self.unsealed(data, b"JSTORESN", what)
        check(blake3(text) == from_hex(name, 32, what), f"{what} is another one: the file was renamed or swapped")
        record = parse_json(text, what)
        check(record.get("version") == 1 and all(isinstance(record.get(member), str) for member in ("nonce", "name", "time"))
              and isinstance(record.get("sources") or [], list), f"{what} is no record of version 1")
        for source in record.setdefault("sources", []):
            check(isinstance(source, dict) and isinstance(source.get("root"), str), f"{what} has a source without a root")
        return record

    def unsealed(self, data, magic, what):
        check(data[:16] == magic + b"\x01" + bytes(7) and len(data) >= 48, f"{what} is no record of version 1")
        key = derive("JadaStore 2026-11 record", self.master + data[16:32])
        return unseal(key, bytes(12), data[32:], data[:32], what)

    def documents(self, folder, magic):
        """What is said of snapshots in forgotten/ or pins/, by their ids."""
        for file in sorted((self.folder / folder).glob("*")):
            what = f"{folder}/{file.name}"
            document = parse_json(self.unsealed(file.read_bytes(), magic, what), what)
            check(document.get("version") == 1 and document.get("snapshot") == file.name, f"{what} is of another snapshot")
            yield file.name, document

    def forgotten(self):
        """Snapshots that can be brought back: the document and the record of each."""
        there = self.snapshots()
        for name, document in self.documents("forgotten", b"JSTOREFO"):
            if name not in there:
                try:
                    record = base64.b64decode(document.get("record") or "", validate=True)
                except ValueError:
                    raise Failure(f"forgotten/{name}: its record is not in Base64") from None
                yield document, self.record(name, record)

    def find(self, word):
        ordered = self.snapshots()
        if word == "latest" and ordered:
            return ordered[[*ordered][-1]]
        fits = [r for r in ordered.values() if r["name"] == word] or [r for name, r in ordered.items() if len(word) >= 4 and name.startswith(word)]
        if len(fits) != 1:
            raise Failure(f"there is no snapshot {word}" if not fits else f"{word} fits {len(fits)} snapshots", 1)
        return fits[0]
