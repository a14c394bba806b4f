"""A field of the content that no code reads cannot be: staff would write it for nobody."""

import re
from collections.abc import Iterator

import msgspec
import pytest

from tests.conftest import ROOT
from trialog.content.criteria import Verdict
from trialog.content.shape import Shape

CODE = "\n".join(
    file.read_text(encoding="utf-8")
    for folder in ("trialog", "actions")
    for file in (ROOT / folder).rglob("*")
    if file.suffix in (".py", ".html")
)

# Read by the name of a verdict, not by their own.
BY_VERDICT = {verdict.value for verdict in Verdict}


def shapes(shape: type[Shape]) -> Iterator[type[Shape]]:
    for kind in shape.__subclasses__():
        yield kind
        yield from shapes(kind)


@pytest.mark.parametrize("shape", shapes(Shape), ids=lambda shape: shape.__name__)
def test_every_field_is_read(shape: type[Shape]) -> None:
    fields = [field.name for field in msgspec.structs.fields(shape) if field.name not in BY_VERDICT]
    assert [name for name in fields if not re.search(rf"\.{name}\b(?!\()", CODE)] == []
