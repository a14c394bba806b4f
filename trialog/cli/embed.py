"""``trialog embed``: the lines that put the chat on a page, with the hash of the script."""

from __future__ import annotations

import argparse
import base64
import hashlib

from trialog.web.pages import chat_script, script_version

LINES = """<script src="{server}/trialog-chat.js?v={version}" integrity="{integrity}" crossorigin="anonymous" defer></script>
<trialog-chat></trialog-chat>"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The address of the server, as pages will see it."""
    parser.add_argument("--server", default="https://ASSISTANT", help="address of the server, as the hospital's pages reach it")


def run(arguments: argparse.Namespace) -> int:
    """Print the lines."""
    body = chat_script().encode()
    integrity = f"sha384-{base64.b64encode(hashlib.sha384(body).digest()).decode()}"
    print(LINES.format(server=arguments.server.rstrip("/"), version=script_version(body), integrity=integrity))
    return 0
