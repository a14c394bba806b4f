"""``trialog content``: have running servers take changed content over, checked and without a restart."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from trialog.content.check.content import check_content
from trialog.content.deployment import Deployment
from trialog.content.edition import Wanted, edition_of, want, wanted
from trialog.content.files import ContentError
from trialog.content.script.kept_back import load_served
from trialog.content.script.script import RESPONSES
from trialog.operation.switches import audit, audit_file
from trialog.settings import Settings, SettingsError

RELOAD = "reload"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("what", nargs="?", choices=(RELOAD,), help="reload: check it, and have it taken over; nothing says how it stands")
    parser.add_argument("--by", default="", help="who wants it: name and role")
    parser.add_argument("--why", default="", help="why")
    parser.add_argument("--responses", type=Path, default=RESPONSES, help="folder of the fixed replies")


def run(arguments: argparse.Namespace) -> int:
    """Check the content and hand it over; 1 where it has faults, 2 where it cannot be done."""
    try:
        settings = Settings.from_environment()
        if arguments.what:
            return _reload(settings, arguments)
        _tell(settings.content)
    except (SettingsError, ContentError) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Nothing is taken over: {error.filename} cannot be written: {error.strerror}.", file=sys.stderr)
        return 2
    return 0


def _reload(settings: Settings, arguments: argparse.Namespace) -> int:
    if not (arguments.by and arguments.why):
        print('Say who wants it, and why: --by "A. Jansen, study office" --why "new page of May".', file=sys.stderr)
        return 2
    # Named before it is checked: what is saved meanwhile is another one, and is refused by the servers.
    now = datetime.now().astimezone().isoformat(timespec="milliseconds")
    told = Wanted(edition_of(settings.content), arguments.by, arguments.why, now)
    if faults := check_content(settings.content, arguments.responses):
        print(*faults, f"Nothing is taken over: {len(faults)} faults.", sep="\n")
        return 1
    # A study or a country that the settings name may have gone, or an approval that families need.
    Deployment(settings, load_served(settings))
    audit(settings.switches, "asked", [{"change": "content", "what": told.edition, "by": told.by, "why": told.why}])
    want(settings.content, told)
    print(f"The content {told.edition} has no faults. A running server takes it over within a minute, and says so in")
    print(f"{audit_file(settings.switches)}; /readyz names the content that new conversations begin with.")
    return 0


def _tell(content: Path) -> None:
    now, told = edition_of(content), wanted(content)
    print(f"The content of {content} is {now}.")
    if told is None:
        print("None was handed over to running servers; they answer from what there was when they were started.")
    else:
        same = "this one" if told.edition == now else f"{told.edition}, another one"
        print(f"Last handed over to running servers: {same}, by {told.by} at {told.since}: {told.why}")
