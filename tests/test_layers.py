"""Who may import whom (DESIGN.md, parts): content knows nobody, the web knows the engine, nobody knows the web."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

ALLOWED = {
    "content": {"settings"},
    "eligibility": {"content", "settings"},
    "nlu": {"content", "eligibility", "memory", "settings"},
    "memory": set(),
    "conversations": set(),
    "__main__": {"cli"},
    "message": set(),
    "settings": set(),
    "dialogue": {"actions", "faults", "message"},
    "engine": {"content", "conversations", "dialogue", "faults", "memory", "message", "metrics", "settings", "storage", "turns"},
    "faults": {"metrics"},
    "logs": {"faults"},
    "metrics": set(),
    "storage": {"conversations", "turns"},
    "turns": {"faults"},
    "web": {"content", "eligibility", "conversations", "engine", "faults", "memory", "message", "metrics", "settings"},
    "cli": {"content", "conversations", "engine", "logs", "message", "nlu", "settings", "web"},
    "actions": {"content", "eligibility", "nlu", "settings"},
}


def layer_of(module: str) -> str | None:
    parts = module.split(".")
    if parts[0] == "actions":
        return "actions"
    return parts[1] if parts[0] == "trialog" and len(parts) > 1 else None


def imports_of(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            modules |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names if node.module == "trialog"}
    return {layer for module in modules if (layer := layer_of(module))}


FILES = sorted([*(ROOT / "trialog").rglob("*.py"), *(ROOT / "actions").glob("*.py")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_imports_go_downwards(file: Path) -> None:
    layer = layer_of(".".join(file.relative_to(ROOT).with_suffix("").parts))
    if layer is None or layer == "__init__":
        assert imports_of(file) == set()
    else:
        assert imports_of(file) - {layer} <= ALLOWED[layer]


def test_content_knows_neither_rasa_nor_the_web() -> None:
    for file in (ROOT / "trialog" / "content").glob("*.py"):
        assert not any(word in file.read_text(encoding="utf-8") for word in ("import rasa", "from rasa", "aiohttp")), file.name


def test_actions_stay_flat() -> None:
    assert [path.name for path in (ROOT / "actions").iterdir() if path.is_dir() and path.name != "__pycache__"] == []


def test_python_files_stay_small() -> None:
    sizes = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {name: size for name, size in sizes.items() if size > 300} == {}
