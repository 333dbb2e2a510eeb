"""Mends a pack by its parity file; docs/format.md, "parity/XX/ID". Slow and plain: it is the judge of the quick one."""
import struct
import zlib

from reader.codec import Failure, check


def times(a, b):
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a, b = a << 1 ^ (0x11D if a & 128 else 0), b >> 1
    return product


TABLE = [bytes(times(a, b) for b in range(256)) for a in range(256)]
INVERSE = [0] + [TABLE[a].index(1) for a in range(1, 256)]


def add(left, right):
    return (int.from_bytes(left, "little") ^ int.from_bytes(right, "little")).to_bytes(len(left), "little")


def factor(parity, data):
    return INVERSE[data ^ (255 - parity)]


def records(file, pack):
    """Every record of the pack that is whole: its layout, group, number, the group's checksums, its cell."""
    at = file.find(b"JSTOREPA")
    while at >= 0:
        end = at + 1
        if len(file) - at >= 52:
            version, parity_cells, zero, size, name, length, groups, group, number = struct.unpack_from("<BB2sI16sQIII", file, at + 8)
            cells = -(-length // size) if 64 <= size <= 4096 else 0
            most = -(-cells // groups) if groups else 0
            end_of_record = at + 52 + 4 * most + size + 4
            if (version == 1 and zero == b"\0\0" and name == pack and 0 < most <= 128 and 0 < parity_cells <= 128 and group < groups <= cells
                    and number < parity_cells and end_of_record <= len(file)
                    and zlib.crc32(file[at:end_of_record - 4]) == struct.unpack_from("<I", file, end_of_record - 4)[0]):
                own = len(range(group, cells, groups))
                yield ((length, size, groups, parity_cells), group, number, struct.unpack_from(f"<{own}I", file, at + 52),
                       file[end_of_record - 4 - size:end_of_record - 4])
                end = end_of_record
        at = file.find(b"JSTOREPA", end)


def solve(matrix, sums):
    """Gauss and Jordan over GF(2^8): the cells x with matrix × x = sums."""
    n = len(sums)
    for i in range(n):
        pivot = next(row for row in range(i, n) if matrix[row][i])
        matrix[i], matrix[pivot], sums[i], sums[pivot] = matrix[pivot], matrix[i], sums[pivot], sums[i]
        scale = TABLE[INVERSE[matrix[i][i]]]
        matrix[i], sums[i] = [scale[a] for a in matrix[i]], sums[i].translate(scale)
        for row in range(n):
            if row != i and matrix[row][i]:
                by = TABLE[matrix[row][i]]
                matrix[row] = [a ^ by[b] for a, b in zip(matrix[row], matrix[i])]
                sums[row] = add(sums[row], sums[i].translate(by))
    return sums


def mend(pack, data, file):
    """The bytes of the pack as they were written, from what its file and its parity file hold."""
    found = list(records(file, pack))
    check(found, f"no record of the parity of pack {pack.hex()} is whole")
    length, size, groups, _ = layout = found[0][0]
    check(length <= len(data) + len(file), f"too little is left of pack {pack.hex()}")
    data = data[:length]
    cells = [data[at:at + size].ljust(size, b"\0") for at in range(0, length, size)]
    for group in range(groups):
        parity = {number: (sums, cell) for one, g, number, sums, cell in found if one == layout and g == group}
        numbers = range(group, len(cells), groups)
        if not parity:
            continue  # nobody knows whether its cells are right; the seals tell
        checksums = next(iter(parity.values()))[0]
        bad = [i for i, cell in enumerate(numbers)
               if min((cell + 1) * size, length) > len(data) or zlib.crc32(cells[cell]) != checksums[i]]
        check(len(bad) <= len(parity), f"pack {pack.hex()} has {len(bad)} bad cells in a group with {len(parity)} of parity")
        used, sums = sorted(parity)[:len(bad)], []
        for j in used:
            total = parity[j][1]
            for i, cell in enumerate(numbers):
                if i not in bad:
                    total = add(total, cells[cell].translate(TABLE[factor(j, i)]))
            sums.append(total)
        for i, cell in zip(bad, solve([[factor(j, i) for i in bad] for j in used], sums)):
            if zlib.crc32(cell) != checksums[i]:
                raise Failure(f"cell {numbers[i]} of pack {pack.hex()} does not fit its checksum when mended")
            cells[numbers[i]] = cell
    return b"".join(cells)[:length]
