"""Writing files of the content: YAML as people write it here."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML

# A line may be 140 long; a word that begins before this ends before that.
_WIDTH = 110


def as_yaml(data: Mapping[str, Any], comments: Iterable[str] = ()) -> str:
    """``data`` below ``comments``, a line each."""
    yaml = YAML()
    yaml.width = _WIDTH  # type: ignore[assignment]  # ruamel.yaml has this as None until it is set
    yaml.default_flow_style = False
    out = io.StringIO()
    yaml.dump(dict(data), out)
    return "".join(f"# {comment}\n" for comment in comments) + out.getvalue()
