"""What one run of a program costs: wall time, CPU time and peak memory, as the kernel counts them.

Run as a script it is the process that starts the program. Linux charges a new program with the peak memory of the
process that started it, so that must be a small one: this takes some 9 MB, which is therefore the least that is seen.
"""
import os
import sys
import time


class CommandFailed(Exception):
    """A program ended with another exit code than 0; the message holds the end of what it printed."""


class Usage(tuple):
    """Wall and CPU time in seconds, peak memory in MB of 10⁶ bytes."""

    wall = property(lambda self: self[0])
    cpu = property(lambda self: self[1])
    peak = property(lambda self: self[2])


def measure(command, environment=None, folder=None):
    """Runs a command to its end, its output going to a file that is thrown away."""
    import subprocess
    import tempfile

    with tempfile.TemporaryFile() as output:
        meter = subprocess.run([sys.executable, "-I", "-S", __file__, str(output.fileno()), *map(str, command)],
                               env=environment, cwd=folder, pass_fds=[output.fileno()], capture_output=True, text=True)
        if meter.returncode != 0:
            raise CommandFailed(f"{command[0]} could not be started: {meter.stderr.strip()[-400:]}")
        code, *numbers = meter.stdout.split()
        if code != "0":
            output.seek(max(0, output.seek(0, os.SEEK_END) - 2000))
            said = output.read().decode(errors="replace").strip()
            raise CommandFailed(f"`{' '.join(map(str, command))}` ended with {code}: {said}")
    return Usage(map(float, numbers))


def main(output, command):
    actions = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
               (os.POSIX_SPAWN_DUP2, output, 1), (os.POSIX_SPAWN_DUP2, output, 2)]
    began = time.monotonic()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    wall = time.monotonic() - began
    print(os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
