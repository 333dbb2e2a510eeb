"""What all parts read with: numbers, sealed bytes, JSON; and the one exception."""
import json
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Failure(Exception):
    """What went wrong, in one line, and the exit code for it: 13, damage, unless said."""

    def __init__(self, message, code=13):
        super().__init__(message)
        self.code = code


def check(condition, message):
    if not condition:
        raise Failure(message)


class Reader:
    """Takes numbers and bytes from the front; never beyond the end."""

    def __init__(self, data, what):
        self.data, self.at, self.what = data, 0, what

    def take(self, n):
        check(n <= len(self.data) - self.at, f"{self.what} is cut short")
        self.at += n
        return self.data[self.at - n:self.at]

    def u8(self):
        return self.take(1)[0]

    def varint(self, most=(1 << 64) - 1):
        value = 0
        for i in range(10):
            byte = self.u8()
            value |= (byte & 127) << 7 * i
            if byte < 128:
                check((byte or i == 0) and value <= most, f"{self.what} has a number that is out of range or longer than needed")
                return value
        raise Failure(f"{self.what} has a number of more than ten bytes")

    def bytes(self, most=1 << 20):
        return self.take(self.varint(most))

    def done(self):
        check(self.at == len(self.data), f"{self.what} has bytes left over")


def unseal(key, nonce, sealed, aad, what):
    try:
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except (InvalidTag, ValueError):
        raise Failure(f"{what} is damaged: its tag does not fit") from None


def from_hex(text, n, what):
    check(isinstance(text, str) and re.fullmatch(f"[0-9a-f]{{{2 * n}}}", text), f"{what} is not {2 * n} hex digits")
    return bytes.fromhex(text)


def parse_json(data, what):
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as e:
        raise Failure(f"{what} is not JSON: {e}") from None
    check(isinstance(value, dict), f"{what} is not a JSON object")
    return value


def shown(path):
    """A path for a person: bytes that are not UTF-8, and control characters, as \\xNN."""
    text = path.decode("utf-8", "surrogateescape")
    return "".join(c if c.isprintable() else "".join(f"\\x{b:02X}" for b in c.encode("utf-8", "surrogateescape")) for c in text)
