"""What every Python of this environment is told before Rasa starts, so that a bare ``rasa`` command keeps to it, too.

``rasa_environment.pth`` has it read when the interpreter starts. A value that is set already stays.
"""

from __future__ import annotations

import os

DEFAULTS = {
    # Rasa reports its use to its makers unless told not to; nothing of ours opens a connection nobody asked for.
    "RASA_TELEMETRY_ENABLED": "false",
    # `rasa run actions` would listen on every address of the machine; its one caller is on the same machine.
    "SANIC_HOST": "127.0.0.1",
    # The matrices of a message are small: threads that wait for the next one cost as much processor time again (116 ms, not 56).
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}

for _name, _value in DEFAULTS.items():
    os.environ.setdefault(_name, _value)
