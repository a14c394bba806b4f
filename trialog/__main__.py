"""``python -m trialog`` is the command ``trialog``."""

from trialog.cli.main import main

main()
