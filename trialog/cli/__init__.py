"""``trialog <verb>``: one verb, one module."""
