"""One service of moto in a process of its own, whose answers are kept: asked the same again it gives the same, at once.

moto takes milliseconds of CPU for a request, and five of them on two cores would be what a figure shows. So the first
who asks something gets moto's answer, and whoever asks it later gets that again, after a wait as long as one to AWS
would be. What is asked is the same when method, path, query, body and `X-Amz-Target` are; signatures do not count.

Run as a script: LATENCY in seconds, and where tests/Servers/estate lies. A word a line on standard input, a line of JSON for
each on standard output: `fill` gives the URL and what was refused; `seen` what was asked since it was asked for
last, by kind, those of them that moto had to answer, and the CPU seconds that this process has taken.
"""
import asyncio
import collections
import hashlib
import http.client
import json
import os
import re
import sys
import threading
import time

LARGEST_HEAD = 64 * 1024
# They belong to the connection, and that is ours.
OWN = {"connection", "transfer-encoding", "content-length", "server", "date", "keep-alive"}


class Replay:
    """The server in front of moto."""

    def __init__(self, latency, moto):
        self.latency, self.moto, self.kept = latency, moto, {}
        self.kinds, self.forwarded = collections.Counter(), []

    async def serve(self, reader, writer):
        """One connection, request by request."""
        try:
            while (asked := await self.read(reader)) is not None:
                began = time.monotonic()
                answer = await self.answer(*asked)
                await asyncio.sleep(max(0, self.latency - (time.monotonic() - began)))
                writer.write(answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    @staticmethod
    async def read(reader):
        """Method, path with query, headers, body; None when there is no further request."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if "transfer-encoding" in headers:
            raise ConnectionError("no request of a capture has a body of unknown length")
        return method, path, headers, await reader.readexactly(int(headers.get("content-length", 0)))

    async def answer(self, method, path, headers, body):
        """As bytes, head and all."""
        plain = re.sub(r"(?<=[?&])X-Amz-[^=&]*=[^&]*&?", "", path)
        key = hashlib.sha256("\0".join(
            [method, plain, headers.get("x-amz-target", ""), headers.get("range", ""),
             headers.get("if-match", ""), headers.get("if-none-match", "")]).encode() + b"\0" + body).digest()
        self.kinds[kind_of(method, plain, headers, body)] += 1
        if key not in self.kept:
            self.forwarded.append(f"{method} {plain}")
            self.kept[key] = await asyncio.to_thread(self.ask, method, path, headers, body)
        return self.kept[key]

    def ask(self, method, path, headers, body):
        """moto's own answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.moto, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                if name and name != "connection":
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        length = answer.getheader("Content-Length") if method == "HEAD" else len(content)
        lines = [f"HTTP/1.1 {answer.status} {answer.reason}",
                 *(f"{name}: {value}" for name, value in answer.getheaders() if name.lower() not in OWN),
                 f"Content-Length: {length or 0}", "", ""]
        return "\r\n".join(lines).encode("latin-1") + content

    def seen(self):
        """What was asked since the last time, and forgets it."""
        seen = [dict(self.kinds), self.forwarded, time.process_time()]
        self.kinds.clear()
        self.forwarded = []
        return seen


def kind_of(method, path, headers, body):
    """`code` of a function, `object` of a bucket, or `list` for all that only tells of something."""
    route, _, query = path.partition("?")
    service = headers.get("authorization", "").partition("Credential=")[2].partition(",")[0].split("/")[3:4]
    is_below_bucket = len([part for part in route.split("/") if part]) > 1
    if method != "GET":
        return "list"
    if service == ["s3"] and is_below_bucket and "tagging" not in query:
        return "object"
    return "list" if service else "code"


def main(latency, folder):
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.path.insert(0, folder)
    import asking
    asking.settle()
    import imitation
    from account import large
    from moto.moto_api._internal import mock_random

    # All processes are filled alike, to the last id: the code that one of them tells of lies with another.
    mock_random.seed(5)
    url = imitation.start()
    refused = large.fill_large(url)
    replay = Replay(latency, int(url.rpartition(":")[2]))

    async def run():
        server = await asyncio.start_server(replay.serve, "127.0.0.1", 0, limit=LARGEST_HEAD)
        port = server.sockets[0].getsockname()[1]
        over, loop = asyncio.Event(), asyncio.get_running_loop()

        def listen():
            for line in sys.stdin:
                said = [f"http://127.0.0.1:{port}", refused, large.BUCKETS] if line.strip() == "fill" else \
                    asyncio.run_coroutine_threadsafe(told(), loop).result()
                print(json.dumps(said), file=replies, flush=True)
            loop.call_soon_threadsafe(over.set)

        async def told():
            return replay.seen()

        threading.Thread(target=listen, daemon=True).start()
        await over.wait()

    asyncio.run(run())


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2])
