"""A command at a terminal that is none: typed into and read like one."""

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.conftest import ROOT

# A busy machine may take so long for anything.
SECONDS = 60

_SEQUENCE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")


@dataclass
class Typist:
    """Sits at the terminal."""

    process: subprocess.Popen[bytes]
    screen: int
    # All that came, and how much of it, without the sequences of a terminal, has been read.
    seen: bytes = b""
    place: int = 0

    def type(self, keys: bytes, until: bytes) -> bytes:
        """Press ``keys`` and read on until ``until`` comes; gives what came."""
        os.write(self.screen, keys)
        return self.read(until)

    def read(self, until: bytes) -> bytes:
        """What comes until ``until``, and that."""
        ends = time.monotonic() + SECONDS
        while until not in self._shown()[self.place :]:
            assert time.monotonic() < ends, self.seen
            assert self._takes(), self.seen
        begin, self.place = self.place, self._shown().index(until, self.place) + len(until)
        return self._shown()[begin : self.place]

    def read_to_the_end(self) -> None:
        """All that still comes, and how the process ends."""
        while self._takes():
            pass
        self.process.wait(SECONDS)

    def _shown(self) -> bytes:
        return _SEQUENCE.sub(b"", self.seen)

    def _takes(self) -> bool:
        """Take what is there; False where the other end is closed."""
        if select.select([self.screen], [], [], 1)[0]:
            try:
                part = os.read(self.screen, 65536)
            except OSError:
                return False
            self.seen += part
            return bool(part)
        return True


@contextlib.contextmanager
def at_a_terminal(*arguments: str, **environment: str) -> Iterator[Typist]:
    """``trialog`` with ``arguments`` at a terminal of 80 columns."""
    screen, its_side = pty.openpty()
    fcntl.ioctl(its_side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "trialog", *arguments],
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", **environment},
        stdin=its_side,
        stdout=its_side,
        stderr=its_side,
        start_new_session=True,
    )
    os.close(its_side)
    try:
        yield Typist(process, screen)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(screen)
