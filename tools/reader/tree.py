"""A source's map from path to entry, and the content of its files; docs/format.md, "Pages" and "Entries"."""
from reader.blake3 import Blake3, blake3, keyed
from reader.codec import Failure, Reader, check, shown
from reader.repository import MAX_CHUNK

MAX_SUM, MAX_PATH, MAX_ENTRY, MAX_REFS = (1 << 63) - 1, 65_535, 524_288, 4_096
KINDS = {1: "file", 2: "folder", 3: "symlink", 4: "pipe", 5: "socket", 6: "character", 7: "block"}


def read_refs(reader, depth, count=None):
    """A list of (length, id), the id None for a hole: `count` of them, or as many as there are."""
    refs = []
    while len(refs) < count if count is not None else reader.at < len(reader.data):
        tag = reader.varint()
        length, hole = tag >> 1, tag & 1
        check(length and (depth == 0 if hole else length <= MAX_CHUNK), f"{reader.what} has an impossible piece of content")
        refs.append((length, None if hole else reader.take(32)))
    check(1 <= len(refs) <= MAX_REFS, f"{reader.what} has {len(refs)} pieces of content")
    return refs


class Entry:
    """One path and what is known of it; what is not known is None."""

    def __init__(self, path, r):
        """Reads the entry of `path` from r."""
        begin, what = r.at, f"the entry of {shown(path)} in {r.what}"
        kind, fields = r.u8(), r.varint()
        check(kind in KINDS and fields < 1 << 12, f"{what} has an unknown kind or field")

        def has(bit):
            return fields >> bit & 1

        self.path, self.kind = path, KINDS[kind]
        self.size = r.varint(MAX_SUM) if has(0) else 0
        self.time = self.read_time(r) if has(1) else None  # nanoseconds since 1970
        self.mode = r.varint(0o7777) if has(2) else None
        self.owner = (r.varint(), r.varint()) if has(3) else None
        self.digest = r.take(32) if has(4) else None
        self.depth = r.u8() if has(5) else 0
        self.refs = read_refs(r, self.depth, min(r.varint(), MAX_REFS + 1)) if has(5) else None
        self.target = r.bytes() if has(6) else None
        self.link = r.bytes() if has(7) else None
        self.device = (r.varint(), r.varint()) if has(8) else None
        self.attributes = [(r.bytes(), r.bytes()) for _ in range(r.varint(MAX_ENTRY))] if has(9) else []
        fingerprint = r.bytes() if has(10) else None
        self.problem = r.bytes().decode("utf-8", "replace") if has(11) else None

        check(r.at - begin <= MAX_ENTRY, f"{what} is longer than an entry can be")
        check((self.size or not has(0)) and (self.attributes or not has(9)) and fingerprint != b"", f"{what} has a field that should be left out")
        names = [name for name, _ in self.attributes]
        check(all(a < b for a, b in zip(names, names[1:])), f"{what} has attributes out of order")
        file, device = self.kind == "file", self.kind in ("character", "block")
        check(file or not (has(0) or has(4) or has(5)), f"{what} has content and is no file")
        check((self.kind == "symlink" or not has(6)) and (device or not has(8)), f"{what} has a field of another kind")
        check(self.kind != "folder" or (path[-1:] in (b"", b"/") and not has(7)), f"{what} is not what a folder can be")
        check(self.link is None or self.link < path, f"{what} is a hard link to a later path")
        check(self.depth <= 3, f"{what} has lists of content of depth {self.depth}")
        check(self.refs is None or self.depth or sum(length for length, _ in self.refs) == self.size, f"{what} has content of another size")

    @staticmethod
    def read_time(r):
        n = r.varint()
        return (n >> 1 ^ -(n & 1)) * 10**9 + r.varint(10**9 - 1)


class Tree:
    """The map of one source of a snapshot."""

    def __init__(self, repository, source):
        self.repository, self.root = repository, source["root"].encode()
        self.top = bytes.fromhex(source["tree"]) if source.get("tree") else None
        self.entries, self.bytes = source.get("entries", 0), source.get("bytes", 0)

    def walk(self):
        """Every entry, in path order; what a page says of the pages below it is checked on the way."""
        if self.top is None:
            check(self.entries == 0, f"source {self.root.decode()} has entries and no page")
            return
        self.last = None
        sums = yield from self.page(self.top)
        check(sums == (self.entries, self.bytes), f"source {self.root.decode()} has other sums than its snapshot says")

    def find(self, path):
        """The entry at `path`, or None; only the pages on the way are read."""
        self.last = None
        return next(self.page(self.top, wanted=path), None) if self.top else None

    def page(self, chunk, height=None, first=None, wanted=None):
        r = Reader(self.repository.chunk(chunk), f"page {chunk.hex()}")
        found = r.u8()
        check(found <= 31 and height in (None, found), f"{r.what} is of height {found}")
        items, previous = [], None
        for _ in range(r.varint()):
            path = self.read_path(r, previous)
            items.append((path, Entry(path, r) if found == 0 else (r.take(32), r.varint(), r.varint())))
            previous = path
        r.done()
        check(items and first in (None, items[0][0]), f"{r.what} does not begin with the path that its parent says")
        if wanted is not None:  # only the one item that can be it or lead to it
            items = [item for item in items if item[0] <= wanted][-1:]
        entries = size = 0
        for path, item in items:
            if found == 0:
                check(self.last is None or self.last < path, f"{r.what} has paths that stand before those of the page before it")
                self.last = path
                if wanted in (None, path):
                    yield item
                entries, size = entries + 1, size + item.size
            else:
                sums = yield from self.page(item[0], found - 1, path, wanted)
                check(wanted is not None or sums == item[1:], f"{r.what} says other sums of a page below it than that page has")
                entries, size = entries + item[1], size + item[2]
        return min(entries, MAX_SUM), min(size, MAX_SUM)

    @staticmethod
    def read_path(r, previous):
        shared, before = r.varint(), previous or b""
        check(shared <= len(before), f"{r.what} has a path that shares more than there is")
        suffix = r.bytes(MAX_PATH)
        path = before[:shared] + suffix
        check(len(path) <= MAX_PATH and (previous is None or previous < path), f"{r.what} has paths out of order or too long")
        check(shared == len(before) or before[shared:shared + 1] != suffix[:1], f"{r.what} has a path that shares less than it could")
        return path

    def content(self, entry):
        """The bytes of a file, in pieces; a failure at the very end means that the whole is not what its digest says."""
        name, repository = shown(entry.path), self.repository
        if entry.kind != "file" or entry.digest is None:
            raise Failure(f"{name} has no content: {entry.problem or 'it is a ' + entry.kind}", 1)
        if entry.refs is None:
            if entry.size == 0:
                check(entry.digest == blake3(b""), f"{name} is empty and has the digest of something else")
                return
            data = repository.chunk(keyed(repository.chunk_key, entry.digest))  # its id is made of the digest: both are checked
            check(len(data) == entry.size, f"{name} has {len(data)} bytes and should have {entry.size}")
            yield data
            return
        digest, left = Blake3(), entry.size
        for length, chunk in self.pieces(entry.depth, entry.refs):
            left -= length
            check(left >= 0, f"{name} has more bytes than its size")
            for data in [self.piece(length, chunk)] if chunk else (bytes(min(MAX_CHUNK, length - i)) for i in range(0, length, MAX_CHUNK)):
                digest.update(data)
                yield data
        check(left == 0, f"{name} has fewer bytes than its size")
        check(digest.digest() == entry.digest, f"{name} is not what its digest says")

    def pieces(self, depth, refs):
        for length, chunk in refs:
            if depth == 0:
                yield length, chunk
            else:
                reader = Reader(self.piece(length, chunk), f"list {chunk.hex()}")
                yield from self.pieces(depth - 1, read_refs(reader, depth - 1))

    def piece(self, length, chunk):
        data = self.repository.chunk(chunk)
        check(len(data) == length, f"chunk {chunk.hex()} has {len(data)} bytes and should have {length}")
        return data
