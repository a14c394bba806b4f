"""The figures as they are kept: one file, of which each tool writes its part, and the page made from it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from bench.page import page

FILE = Path(__file__).with_name("figures.json")
PAGE = Path(__file__).parent.parent / "docs" / "performance.md"

Figures = dict[str, Any]


def read() -> Figures:
    """All that was measured last."""
    found: Figures = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
    return found


def keep(part: str, figures: Figures) -> None:
    """Put ``figures`` in the place of an earlier ``part``, and write the page anew."""
    kept = read() | {part: {"measured": date.today().isoformat(), **figures}}
    FILE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(kept), encoding="utf-8")
