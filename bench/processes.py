"""What a process and its children take: memory, and processor time, which other work on the machine changes little."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(process: int) -> list[int]:
    """``process`` and all that it has begun."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [process, *(one for child in children for one in family(int(child)))]


def memory(process: int) -> float:
    """Megabytes resident: of one process all of them, of several each page once."""
    each = family(process)
    which = "Rss:" if len(each) == 1 else "Pss:"
    rolled = [Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii") for one in each]
    return sum(int(text.split(which)[1].split()[0]) for text in rolled) / 1024


def processor_seconds(process: int) -> float:
    """Seconds of the processor that they have used so far."""
    fields = (Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for one in family(process))
    return sum(int(used[11]) + int(used[12]) for used in fields) / _TICKS


def machine() -> dict[str, str | int | float]:
    """What was measured on, and how much else it did."""
    named = [line for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
    model = named[0].partition(":")[2].strip() if named else "unknown"
    return {"processor": model, "processors": os.cpu_count() or 1, "load at the beginning": round(os.getloadavg()[0], 1)}
