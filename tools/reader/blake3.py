"""BLAKE3 in its three modes, as in the BLAKE3 paper, section 2.

Python's integers have any size, so one integer holds the same word of many chunks, each in a slot ("lane") of 64 bits of
which the lower 32 are used: one addition adds them all, and a mask takes the carries away. Long input
is hashed several times as fast as a chunk at a time.
"""
import struct

IV = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
CHUNK_START, CHUNK_END, PARENT, ROOT, KEYED, CONTEXT, MATERIAL = 1, 2, 4, 8, 16, 32, 64
ORDER = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
MIXES = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def compress(cv, m, counter, length, flags, ones=1):
    """The first eight words out. `ones` has a 1 in every lane; `cv`, `m` and `counter` are lanes, the rest is the same in all."""
    low = ones * 0xFFFFFFFF
    v = [*cv, *(word * ones for word in IV[:4]), counter & low, counter >> 32 & low, length * ones, flags * ones]
    for _ in range(7):
        for i, (a, b, c, d) in enumerate(MIXES):
            v[a] = v[a] + v[b] + m[2 * i] & low
            x = v[d] ^ v[a]
            v[d] = (x >> 16 | x << 16) & low
            v[c] = v[c] + v[d] & low
            x = v[b] ^ v[c]
            v[b] = (x >> 12 | x << 20) & low
            v[a] = v[a] + v[b] + m[2 * i + 1] & low
            x = v[d] ^ v[a]
            v[d] = (x >> 8 | x << 24) & low
            v[c] = v[c] + v[d] & low
            x = v[b] ^ v[c]
            v[b] = (x >> 7 | x << 25) & low
        m = [m[i] for i in ORDER]
    return [v[i] ^ v[i + 8] for i in range(8)]


def lanes(words):
    return int.from_bytes(struct.pack(f"<{len(words)}Q", *words), "little")


def unlanes(cv, n):
    return list(zip(*(struct.unpack(f"<{n}Q", word.to_bytes(8 * n, "little")) for word in cv)))


class Blake3:
    """update(bytes) as often as wanted, then digest() once."""
    PIECE = 1 << 20  # a whole subtree of 1,024 chunks, hashed side by side

    def __init__(self, key=IV, flags=0):
        self.key, self.flags, self.rest, self.pieces, self.stack = key, flags, b"", 0, []

    def update(self, data):
        self.rest += data
        while len(self.rest) > self.PIECE:
            cv = compress(*self.top(self.rest[:self.PIECE]))
            self.rest, self.pieces, merged = self.rest[self.PIECE:], self.pieces + 1, self.pieces + 1
            while merged % 2 == 0:
                cv, merged = compress(*self.parent(self.stack.pop(), cv)), merged // 2
            self.stack.append(cv)
        return self

    def digest(self):
        last = self.top(self.rest)
        while self.stack:
            last = self.parent(self.stack.pop(), compress(*last))
        cv, m, _, length, flags = last
        return struct.pack("<8I", *compress(cv, m, 0, length, flags | ROOT))

    def parent(self, left, right):
        return self.key, [*left, *right], 0, 64, self.flags | PARENT

    def top(self, data):
        """The last compression for the subtree of at most one piece, not yet done: it may turn out to be the root's."""
        first, full = self.pieces * 1024, max(0, len(data) - 1) // 1024  # the last chunk, whole or not, stands alone
        cvs = self.whole_chunks(data[:full * 1024], first, full) if full else []
        last = self.chunk(data[full * 1024:], first + full)
        if not cvs:
            return last
        cvs.append(compress(*last))
        while len(cvs) > 2:
            pairs, odd = len(cvs) // 2, cvs[len(cvs) // 2 * 2:]
            ones, m = lanes([1] * pairs), [lanes(words) for words in zip(*(left + right for left, right in zip(
                map(tuple, cvs[0:2 * pairs:2]), map(tuple, cvs[1:2 * pairs:2]))))]
            cvs = unlanes(compress([k * ones for k in self.key], m, 0, 64, self.flags | PARENT, ones), pairs) + odd
        return self.parent(*cvs)

    def whole_chunks(self, data, first, n):
        words, ones = struct.unpack(f"<{256 * n}I", data), lanes([1] * n)
        counter, cv = lanes(range(first, first + n)), [k * ones for k in self.key]
        for block in range(16):
            m = [lanes(words[16 * block + i::256]) for i in range(16)]
            flags = self.flags | (CHUNK_START if block == 0 else CHUNK_END if block == 15 else 0)
            cv = compress(cv, m, counter, 64, flags, ones)
        return unlanes(cv, n)

    def chunk(self, data, counter):
        cv, flags = self.key, self.flags | CHUNK_START
        while len(data) > 64:
            cv, data, flags = compress(cv, struct.unpack("<16I", data[:64]), counter, 64, flags), data[64:], self.flags
        return cv, struct.unpack("<16I", data.ljust(64, b"\0")), counter, len(data), flags | CHUNK_END


def blake3(data):
    return Blake3().update(data).digest()


def keyed(key, data):
    return Blake3(struct.unpack("<8I", key), KEYED).update(data).digest()


def derive(context, material):
    key = Blake3(IV, CONTEXT).update(context.encode("ascii")).digest()
    return Blake3(struct.unpack("<8I", key), MATERIAL).update(material).digest()
