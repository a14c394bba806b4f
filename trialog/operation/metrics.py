"""What is counted, for ``GET /metrics``: never content, addresses or ids. docs/operator.md lists them.

Of several workers: all know the same conversations and switches; the other gauges are the sum of those that live.
"""

from prometheus_client import Counter, Gauge, Histogram

# A reply takes 25 ms; a turn is given up after about five seconds.
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

REPLIES = Counter("trialog_replies", "Replies, by kind and by group of topics", ["kind", "group"])
REPLY_SECONDS = Histogram("trialog_reply_seconds", "Time from a message to its replies", buckets=_SECONDS)
FAULTS = Counter("trialog_faults", "Faults, by the part that broke and the type of the error", ["where", "error"])
CONVERSATIONS = Gauge("trialog_conversations", "Live conversations", multiprocess_mode="mostrecent")
STUCK = Gauge("trialog_stuck_turns", "Turns that were given up and still run", multiprocess_mode="livesum")
REQUESTS = Counter("trialog_requests", "HTTP requests, by method, route and status", ["method", "route", "status"])
CLEAR = Counter("trialog_clear", "Answers to 'Was this clear?', by topic, answer and reason", ["topic", "clear", "reason"])
CONNECTIONS = Gauge("trialog_connections", "Open connections", multiprocess_mode="livesum")
CONNECTIONS_CLOSED = Counter("trialog_connections_closed", "Connections that were closed because there were too many")
LINES_LEFT_OUT = Counter("trialog_log_lines_left_out", "Log lines that were left out because too many came from one place")
SWITCHED_OFF = Gauge("trialog_switched_off", "1 for what is switched off, else 0", ["what"], multiprocess_mode="mostrecent")
