"""What is counted, for ``GET /metrics``: never content, addresses or ids. docs/operator.md lists them.

Of several workers: all know the same conversations and switches; the other gauges are the sum of those that live.
"""

from collections.abc import Iterator

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

# A reply takes 25 ms; a turn is given up after about five seconds.
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

# What came up less often is shown nowhere, so that nobody is found behind a figure.
LEAST_SHOWN = 5


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
ASKED = Counter("trialog_asked", "Messages, by topic and by kind of reply, in fives", ["topic", "kind"])
ASKED_IN = Counter("trialog_asked_in", "Messages, by where they stood and how sure the assistant was, in fives", ["context", "band"])
ASKED_LANGUAGE = Counter("trialog_asked_language", "Messages, by language and channel, in fives", ["language", "channel"])
QUESTIONNAIRE = Counter(
    "trialog_questionnaire", "Questionnaires begun, finished, stopped and left, by open question, in fives", ["step", "how"]
)

# The names of those that are shown in fives.
_IN_FIVES = ("trialog_asked", "trialog_asked_in", "trialog_asked_language", "trialog_questionnaire")


def shown(*, of_workers: bool = False) -> CollectorRegistry:
    """What ``GET /metrics`` shows: the figures of this process, or those of all workers together."""
    registry = CollectorRegistry()
    registry.register(_InFives(MultiProcessCollector(None) if of_workers else REGISTRY))
    return registry


class _InFives(Collector):
    """Gives what another collector gives; of some counters whole fives: neither what is rare nor a single message can be seen in them."""

    def __init__(self, whole: Collector) -> None:
        self._whole = whole

    def collect(self) -> Iterator[Metric]:
        """The figures for Prometheus."""
        for family in self._whole.collect():
            yield _in_fives(family) if family.name in _IN_FIVES else family


def _in_fives(family: Metric) -> Metric:
    rounded = Metric(family.name, family.documentation, family.type)
    # Without "_created", which tells when something came up for the first time.
    for sample in family.samples:
        if sample.name.endswith("_total") and sample.value >= LEAST_SHOWN:
            rounded.add_sample(sample.name, sample.labels, sample.value - sample.value % LEAST_SHOWN)
    return rounded
