"""docs/performance.md, made from the figures."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Figures = Mapping[str, Any]

_HEAD = """# What it costs, and how fast it is

Written by `make bench`, `make bench-stock`, `make siege`, `make soak` and `make switching` from `bench/figures.json`; do not edit.
Processor time hangs little on what else a machine does; times by the clock and messages a second do, so compare them within one run only.
"""

_CLIENTS = ("1", "2", "10", "50", "100")


def page(figures: Figures) -> str:
    """The whole page; a part that was never measured is left out."""
    parts: dict[str, Callable[[Figures], Iterator[str]]] = {
        "bench": _bench,
        "siege": _siege,
        "soak": _soak,
        "switching": _switching,
    }
    return "\n".join([_HEAD, *(line for name, part in parts.items() if name in figures for line in part(figures[name]))])


def _bench(found: Figures) -> Iterator[str]:
    machine = found["machine"]
    yield f"## Served, {found['measured']}\n"
    yield text(f"""
        {machine["processor"]}, {machine["processors"]} processors, shared with the clients; load {machine["load at the beginning"]} when
        the run began. The floor is a bare handler of aiohttp that has one message read by the encoder: no reply with this encoder can
        cost less.
    """)
    each = {"floor": found["floor"], "Trialog": found["trialog"], "Trialog, 2 workers on Redis": found["trialog"]["two workers"]}
    if "stock" in found:
        each["stock Rasa"] = found["stock"]
    yield from table(["", *each], _rows(each))
    yield from _lasting(found["trialog"])
    if "stock" in found:
        yield from _against_stock(found["trialog"], found["stock"])
    yield from _inside(found["inside"], found["floor"])


def _rows(each: Mapping[str, Figures]) -> Iterator[list[str]]:
    for what in ("ready s", "memory when ready MB", "memory afterwards MB", "messages"):
        yield [what, *(str(one.get(what, "")) for one in each.values())]
    for clients in _CLIENTS:
        named = "1 client" if clients == "1" else f"{clients} clients"
        for what in ("median ms", "95 of 100 ms", "processor ms a message", "messages a second", "errors"):
            yield [f"{named}: {what}", *(str(one[clients][what]) for one in each.values())]


def _lasting(trialog: Figures) -> Iterator[str]:
    one, two = trialog["100 families"], trialog["two workers"]["100 families"]
    yield "\n" + text(f"""
        Clients above send the next message at once. Of 100 families that take five seconds to read and type, half were answered within
        {one["median ms"]} ms and 95 of 100 within {one["95 of 100 ms"]} ms by one process ({one["errors"]} errors), {two["median ms"]}
        and {two["95 of 100 ms"]} ms by two ({two["errors"]}). A server that has its model alone, and makes its copies of the encoders
        first, is ready after {trialog["ready cold s"]} s.
    """)
    seen = trialog["in a browser"]
    if isinstance(seen, Mapping):
        yield text(f"""
            In a browser a page with the chat loads {seen["bytes"]:,} bytes; the welcome stands there after {seen["welcome"]} ms, a reply
            {seen["reply"]} ms after its question.
        """)


def _against_stock(ours: Figures, stock: Figures) -> Iterator[str]:
    yield "## Against stock Rasa\n"
    yield text("""
        The same intents and lines (`data/nlu`), the pipeline and policies of `rasa init`, TensorFlow, one process, its REST channel. It
        says one fixed sentence an intent: no questionnaire, no danger, no content, no acts. It is trained once and kept; ours is trained
        with nothing kept. Accuracy is on the questions of strangers (`tests/held_out/questions.yml`).
    """)
    two = max(ours["two workers"][clients]["messages a second"] for clients in _CLIENTS)
    best = max(stock[clients]["messages a second"] for clients in _CLIENTS)
    training = ours["training"], stock["training"]
    rows = [
        ("ready, s", ours["ready s"], stock["ready s"], "at most 0.33"),
        ("memory when ready, MB", ours["memory when ready MB"], stock["memory when ready MB"], "at most 0.4"),
        ("training, s", training[0]["seconds"], training[1]["seconds"], "at most 0.125"),
        ("training, processor s", training[0]["processor seconds"], training[1]["processor seconds"], "at most 0.125"),
        ("messages a second, ours at 2 workers", two, best, "at least 2"),
        ("processor ms a message", ours["1"]["processor ms a message"], stock["1"]["processor ms a message"], ""),
        ("questions of strangers understood, %", ours["accuracy %"], stock["accuracy %"], ""),
    ]
    yield from table(["", "Trialog", "stock", "ratio", "wanted"], ([n, str(a), str(b), f"{a / b:.2f}", w] for n, a, b, w in rows))
    yield ""


def _inside(inside: Figures, floor: Figures) -> Iterator[str]:
    reply, least = inside["reply ms"], floor["1"]["processor ms a message"]
    yield "## What a reply costs\n"
    yield text(f"""
        In processor time, without the web: a welcome {inside["welcome ms"]} ms, a first reply {reply} ms; the floor, with the web, is
        {least} ms. Where the time of a message goes (mean, while each part is watched):
    """)
    parts = inside["where it goes, ms a message"]
    whole = sum(parts.values())
    yield from table(["part", "ms", "%"], ([name, f"{ms:.2f}", f"{100 * ms / whole:.0f}"] for name, ms in parts.items()))
    long = inside["a long conversation"]
    beside = inside["beside so many conversations, ms"]
    dearest = ", ".join(f"{name} {times}" for name, times in inside["dearest, in usual messages"].items())
    yield "\n" + text(f"""
        The last of 300 turns cost {long["last turns ms"]} ms, the third and next ones {long["first turns ms"]}: {long["times"]} times.
        Beside {", ".join(f"{int(count):,}" for count in beside)} live conversations a reply takes {", ".join(map(str, beside.values()))}
        ms. The dearest legal messages, in usual ones: {dearest}.
    """)


def _siege(found: Figures) -> Iterator[str]:
    yield f"## Under attack, {found['measured']}\n"
    yield text("""
        `make siege`: one ordinary client attacks a server with the limits of every day, and meanwhile families, each of a network of its
        own, open a conversation and write that a child is not breathing.
    """)
    keys = ("let in", "answered", "median s", "95 of 100 s", "memory MB")
    head = ["attack", "families let in", "cries answered", *keys[2:]]
    yield from table(head, ([name, *(str(seen[key]) for key in keys)] for name, seen in found["attacks"].items()))
    yield ""


def _soak(found: Figures) -> Iterator[str]:
    yield f"## Everything at once, {found['measured']}\n"
    yield text(f"""
        `make soak`: {found["clients"]} clients in questionnaires for {found["minutes"]} minutes, two workers on Redis and PostgreSQL,
        with workers killed (signal 9) and ended (15), stores restarted, slow clients, silent connections, the dearest messages
        and openings without end. Clients send again, by its key, what was not answered.
    """)
    yield from table(["what", "how many"], ([name, f"{value:,}"] for name, value in found["counted"].items()))
    yield "\n" + text(f"""
        Half of all answers came within {found["median s"]} s, 95 of 100 within {found["95 of 100 s"]}; of the cries for help half within
        {found["cry: median s"]}, 95 of 100 within {found["cry: 95 of 100 s"]}, the last after {found["cry: longest s"]}. The longest
        waits are those while no worker lived.
    """)


def _switching(found: Figures) -> Iterator[str]:
    yield f"## Switches under load, {found['measured']}\n"
    yield text(f"""
        `make switching`: {found["clients"]} clients talk, and each switch is thrown by `trialog switch`, off and on again. From the moment
        at which the command had ended: the first message whose reply knew of it, and the last one whose reply did not.
    """)
    head = ["switch", "off: first s", "off: last s", "on: first s", "on: last s", "replies", "without an answer", "cries answered"]
    yield from table(head, (_switch(name, seen) for name, seen in found["switches"].items()))
    yield ""
    yield "What families read first, and the line of the audit log:\n"
    for name, seen in found["switches"].items():
        yield f"* {name}: \u201c{seen['read']}\u201d\n"
        yield f"  `{json.dumps(seen['audit'], ensure_ascii=False)}`\n"


def _switch(name: str, seen: Figures) -> list[str]:
    waits = (str(seen[way][which]) for way in ("off", "on") for which in ("first s", "last s"))
    return [name, *waits, str(seen["replies"]), str(seen["without an answer"]), seen["cries"]]


def text(written: str) -> str:
    """A paragraph, in lines that can be read."""
    return textwrap.fill(" ".join(written.split()), 140, break_long_words=False, break_on_hyphens=False) + "\n"


def table(head: Sequence[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """A table, line by line."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
