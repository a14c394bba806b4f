"""``trialog switch``: switch something off or on while the server runs, tell families a notice, and list what stands."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from trialog.content.load import study_folders
from trialog.operation.switches import ALL, QUESTIONNAIRE, BrokenError, Notice, Off, State, audit, audit_file, changes, moment, read, write
from trialog.settings import Settings, SettingsError

USAGE = """\
what is one of
  all off|on                 everything but the replies to danger
  study ID off|on            what is answered about one study
  questionnaire off|on       the questions about the published points
  notice "TEXT"              tell families TEXT; with --until, and --from
  notice NUMBER off          end a notice before its time
Nothing lists what is switched off, and the notices with their numbers."""


class SwitchError(Exception):
    """What was asked for cannot be done; the message says what to do instead."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = USAGE
    parser.add_argument("what", nargs="*", help="what to switch, and off or on; nothing lists how it stands")
    parser.add_argument("--by", default="", help="who switches: name and role")
    parser.add_argument("--why", default="", help="why")
    parser.add_argument("--from", dest="begins", default="", help="when a notice begins: 14:00, or 2026-12-31 14:00 (now)")
    parser.add_argument("--until", dest="ends", default="", help="when a notice ends")


def run(arguments: argparse.Namespace) -> int:
    """Switch, or list; 2 where it cannot be done."""
    try:
        settings = Settings.from_environment()
        before = read(settings.switches)
        if arguments.what:
            _switch(settings, before, arguments)
        else:
            _list(before)
    except BrokenError as error:
        print(f"{settings.switches} cannot be used: {error}. Mend it, or take it away.", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Nothing was switched: {error.filename} cannot be written: {error.strerror}.", file=sys.stderr)
        return 2
    except (SwitchError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _switch(settings: Settings, before: State, arguments: argparse.Namespace) -> None:
    if not (arguments.by and arguments.why):
        raise SwitchError('Say who switches, and why: --by "A. Nurse" --why "the committee asks for it".')
    after = _after(settings, before, arguments)
    if after == before:
        print("It stands so already.")
        return
    found = [{**change, "by": arguments.by, "why": arguments.why} for change in changes(before, after)]
    # First the trace: nothing is switched without one.
    audit(settings.switches, "asked", found)
    write(settings.switches, after)
    for change in found:
        print(_told(change))
    print(f"A running server takes it over within 5 seconds. Written to {settings.switches} and {audit_file(settings.switches)}.")


def _after(settings: Settings, before: State, arguments: argparse.Namespace) -> State:
    by, why = arguments.by, arguments.why
    match arguments.what:
        case ["all" | "questionnaire" as what, "off" | "on" as way]:
            return _turned(before, what, way, by, why)
        case ["study", study, "off" | "on" as way]:
            return _turned(before, _known(settings.content, study) if way == "off" else study, way, by, why)
        case ["notice", number, "off"]:
            return msgspec.structs.replace(before, notices=_without(before.notices, number))
        case ["notice", text]:
            return msgspec.structs.replace(before, notices=(*_running(before), _notice(text, arguments)))
    raise SwitchError(f"'{' '.join(arguments.what)}' switches nothing.\n{USAGE}")


def _turned(before: State, what: str, way: str, by: str, why: str) -> State:
    if way == "off" and what in before.off:
        return before
    others = tuple(one for one in before.switched_off if one.what != what)
    off = (Off(what, by, why, _written(datetime.now())),) if way == "off" else ()
    return msgspec.structs.replace(before, switched_off=others + off)


def _known(content: Path, study: str) -> str:
    """``study``, if it has a folder; raises SwitchError."""
    known = [folder.name for folder in study_folders(content)]
    if study not in known or study in (ALL, QUESTIONNAIRE):
        raise SwitchError(f"There is no study '{study}'. There are: {', '.join(known)}.")
    return study


def _notice(text: str, arguments: argparse.Namespace) -> Notice:
    if not arguments.ends:
        raise SwitchError('Say when the notice ends: --until 14:00, or --until "2026-12-31 14:00".')
    begins, ends = (_time(written) if written else datetime.now() for written in (arguments.begins, arguments.ends))
    notice = {"text": " ".join(text.split()), "from": _written(begins), "until": _written(ends), "by": arguments.by, "why": arguments.why}
    if ends.astimezone() <= datetime.now().astimezone():
        raise SwitchError("The notice would be over before it begins: --until lies in the past.")
    try:
        return msgspec.convert(notice, Notice)
    except msgspec.ValidationError as error:
        raise SwitchError(f"This is no notice: {error}.") from error


def _time(written: str) -> datetime:
    """The moment that somebody typed; a time alone is today's. Raises SwitchError."""
    try:
        return moment(f"{datetime.now():%Y-%m-%d} {written}" if len(written) <= len("14:00") else written)
    except ValueError:
        raise SwitchError(f"'{written}' is no time: write 14:00, or 2026-12-31 14:00.") from None


def _written(when: datetime) -> str:
    return when.astimezone().isoformat(timespec="minutes")


def _running(state: State) -> tuple[Notice, ...]:
    """The notices that are not over yet."""
    now = datetime.now().astimezone()
    return tuple(notice for notice in state.notices if moment(notice.ends) > now)


def _without(notices: tuple[Notice, ...], number: str) -> tuple[Notice, ...]:
    if not number.isdecimal() or not 0 < int(number) <= len(notices):
        raise SwitchError(f"There is no notice {number}. `trialog switch` lists them with their numbers.")
    return notices[: int(number) - 1] + notices[int(number) :]


def _list(state: State) -> None:
    now = datetime.now().astimezone()
    for one in state.switched_off:
        print(f"{one.what} is off{f' since {one.since}' if one.since else ''}, by {one.by}: {one.why}")
    for number, notice in enumerate(state.notices, start=1):
        stands = "told now" if notice.holds(now) else "over" if moment(notice.ends) <= now else "to come"
        print(f"notice {number} ({stands}, {notice.begins} to {notice.ends}), by {notice.by}: {notice.text}")
    if not (state.switched_off or state.notices):
        print("Nothing is switched off, and there is no notice.")


def _told(change: dict[str, Any]) -> str:
    about = change.get("what") or json.dumps(change["text"], ensure_ascii=False)
    return f"{about}: {change['change']}"
