"""Memory that only loading needed."""

import contextlib
import ctypes
import gc

# glibc's number for the size from which memory is taken from the system and given back to it by itself.
_M_MMAP_THRESHOLD = -3
_LARGE_BYTES = 256 * 1024


def keep_large_apart() -> None:
    """Give back each large piece of memory once it is free.

    glibc raises that size by itself when a larger piece is freed; what loading needs for a moment then lies between what stays, and
    cannot be given back (measured: 337 MB when a server is ready, and 302 with a fixed size).
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)


def give_memory_back() -> None:
    """Return freed memory to the system; glibc keeps it otherwise (measured: 60 MB after the start)."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
