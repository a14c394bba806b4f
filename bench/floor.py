"""The least that a reply can cost here: a bare handler of aiohttp that has one message read by the encoder, and nothing else.

``python -m bench.floor PORT`` serves it, and says when it is ready.
"""

from __future__ import annotations

import argparse

from aiohttp import web

from trialog.nlu.encoder.encoder import Encoder
from trialog.settings import Settings

_ENCODER = web.AppKey("encoder", Encoder)


async def answer(request: web.Request) -> web.Response:
    """As many bytes as a short reply."""
    body = await request.json()
    vector = request.app[_ENCODER].encode([body["text"]])
    return web.json_response({"messages": [{"text": "x" * 600, "kind": "answer", "sum": float(vector.sum())}]})


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    app = web.Application()
    app[_ENCODER] = Encoder.from_settings(Settings.from_environment())
    app.router.add_post("/", answer)
    web.run_app(app, host="127.0.0.1", port=parser.parse_args().port, print=lambda *_: print("ready", flush=True), access_log=None)


if __name__ == "__main__":
    main()
