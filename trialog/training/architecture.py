"""Draws the house from the code: packages as boxes on their floors, and how often one imports another as arrows."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import grimp

# Sizes in the picture.
WIDTH, MARGIN, BOX_LEFT, BOX_WIDTH, BOX_HEIGHT = 820, 16, 28, 490, 58
GAP, FLOOR_GAP, PORT_TOP, ARC = 10, 26, 10, 38

STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2933 }
  .name { font-weight: 600; font-size: 15px }
  .purpose { font-size: 12px }
  .count { font-size: 11px; text-anchor: middle; paint-order: stroke; stroke: #ffffff; stroke-width: 4px }
  .paper { fill: #ffffff } .floor { fill: #eef2f6 } .box { fill: #ffffff; stroke: #52667a }
  .arrow { fill: none; stroke-opacity: .75 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .count { stroke: #11171d }
    .paper { fill: #11171d } .floor { fill: #1c2630 } .box { fill: #11171d; stroke: #8fa3b5 }
  }
"""
# Told apart by all kinds of colour vision, on white and on black.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#b8860b", "#cc5a9c", "#8b5a2b", "#7a6bd0", "#888888")


@dataclass(frozen=True)
class House:
    """The packages by floor from the top, those imported from anywhere, what each is for, and the imports between two."""

    floors: Sequence[Sequence[str]]
    from_anywhere: Sequence[str]
    modules: Counter[str]
    purposes: dict[str, str]
    imports: Counter[tuple[str, str]]


def read_house(root: Path) -> House:
    """The house as the contracts in pyproject.toml and the code below ``root`` have it."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    floors = [[_short(name.strip()) for name in layer.split("|")] for layer in layers]
    from_anywhere = [_short(name) for name in contracts[1]["source_modules"]]
    graph = grimp.build_graph("trialog", "actions", exclude_type_checking_imports=True, cache_dir=None)
    known = {name for floor in floors for name in floor} | set(from_anywhere)
    modules = {module: name for module in graph.modules if (name := _package(module)) in known}
    imports = Counter(
        (package, modules[imported])
        for module, package in modules.items()
        for imported in graph.find_modules_directly_imported_by(module)
        if imported in modules and modules[imported] != package
    )
    return House(floors, from_anywhere, Counter(modules.values()), {name: _purpose(root, name) for name in known}, imports)


def _short(name: str) -> str:
    return name.removeprefix("trialog.")


def _package(module: str) -> str:
    """The box a module is in."""
    top, _, rest = module.partition(".")
    return top if top == "actions" else rest.partition(".")[0]


def _purpose(root: Path, name: str) -> str:
    """What the package says of itself in its first line."""
    folder = root / "actions" if name == "actions" else root / "trialog" / name
    file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    first, *_ = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").splitlines()
    sentence, *_ = re.split(r"[.;] | \(|\.$", first.replace("``", ""))
    return sentence


def draw(house: House) -> str:
    """The picture as SVG; the same house gives the same text."""
    parts, tops, top = [], {}, 46
    for floor in house.floors:
        height = len(floor) * (BOX_HEIGHT + GAP) + GAP
        parts.append(f'<rect class="floor" x="{MARGIN}" y="{top}" width="{BOX_WIDTH + 24}" height="{height}" rx="8"/>')
        for place, name in enumerate(floor):
            tops[name] = top + GAP + place * (BOX_HEIGHT + GAP)
            parts.append(_box(house, name, tops[name]))
        top += height + FLOOR_GAP
    for name in house.from_anywhere:
        parts.append(_box(house, name, top))
        users = sum(count for (_, used), count in house.imports.items() if used == name)
        parts.append(f'<text x="{BOX_LEFT + BOX_WIDTH + 24}" y="{top + 34}">from any floor, {users} imports</text>')
        top += BOX_HEIGHT + GAP
    arrows = [_arrow(tops, pair, count, house) for pair, count in sorted(house.imports.items()) if pair[1] in tops]
    title = "The house of Trialog"
    about = "Packages on their floors. An arrow is an import, its number how many modules are imported so. All arrows lead down."
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + MARGIN}" role="img" aria-labelledby="title about">',
            f'<title id="title">{title}</title>',
            f'<desc id="about">{about}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{top + MARGIN}"/>',
            f'<text class="name" x="{MARGIN}" y="30">{title}</text>',
            *parts,
            *arrows,
            "</svg>\n",
        ]
    )


def _box(house: House, name: str, top: int) -> str:
    count = house.modules[name]
    modules = f"{count} module{'s' if count > 1 else ''}"
    return (
        f'<rect class="box" x="{BOX_LEFT}" y="{top}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>'
        f'<text class="name" x="{BOX_LEFT + 12}" y="{top + 24}">{name}</text>'
        f'<text x="{BOX_LEFT + BOX_WIDTH - 12}" y="{top + 24}" text-anchor="end">{modules}</text>'
        f'<text class="purpose" x="{BOX_LEFT + 12}" y="{top + 45}">{escape(house.purposes[name])}</text>'
    )


def _arrow(tops: dict[str, int], pair: tuple[str, str], count: int, house: House) -> str:
    """From the right of one box to the right of another; the further down it leads, the wider its arc."""
    names = list(tops)
    start, end = (names.index(name) for name in pair)
    right = BOX_LEFT + BOX_WIDTH
    # Each box sends from its lower half and receives at its upper half, so that no two arrows share a place.
    out = sorted(names.index(used) for (user, used) in house.imports if user == pair[0] and used in tops)
    into = sorted(names.index(user) for (user, used) in house.imports if used == pair[1] and user in tops)
    y_out = tops[pair[0]] + BOX_HEIGHT - PORT_TOP / 2 - 4.5 * (out.index(end))
    y_in = tops[pair[1]] + PORT_TOP / 2 + 4.5 * (len(into) - 1 - into.index(start))
    reach = right + ARC * (end - start) + 14
    colour = COLOURS[start % len(COLOURS)]
    way = f"M{right} {y_out} C{reach} {y_out} {reach} {y_in} {right + 7} {y_in}"
    line = f'<path class="arrow" stroke="{colour}" stroke-width="{1 + count / 6:.1f}" d="{way}"/>'
    head = f'<path fill="{colour}" d="M{right} {y_in} l8 -3.5 v7 z"/>'
    middle_x, middle_y = right + 0.75 * (reach - right) + 1, (y_out + y_in) / 2 + 4
    return f'{line}{head}<text class="count" x="{middle_x:.1f}" y="{middle_y:.1f}">{count}</text>'
