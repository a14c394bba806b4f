"""The {placeholders} of our own texts: put in what is known, and leave the rest as it stands.

A text is never lost to a slip of its author: ``trialog check`` names a placeholder that nothing fills.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def fill(text: str, values: Mapping[str, object]) -> str:
    """``text`` with each placeholder that ``values`` knows put in."""
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


def placeholders_in(text: str) -> list[str]:
    """The names of the placeholders in ``text``, in order."""
    return _PLACEHOLDER.findall(text)
