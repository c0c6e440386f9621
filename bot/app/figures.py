"""Counts what the bot does, and shows it as Prometheus reads it."""

from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

SECONDS = (0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 3600, 21600, 86400)
BRIEF = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
ENDS = (
    "Deliveries by how they ended: sent, found (sent before a crash), sent again (not found after "
    "a crash), pending (put back), dead, unknown, cancelled"
)
DOUBTFUL = "Deliveries of which nobody knows whether they were shown once"
LATE = "How long after its moment a delivery was sent"
CALLS = "How long calls took"
CONNECTED = "Whether a platform is connected just now"
DATABASE = "Whether the database answers just now"
CLOCK = "Whether the time is beyond doubt; nothing is sent while it is not"
CANARY = "How long the last canary took; -1 when it is missing"
HEALED = "Things the hourly sweep found out of line; it should find none"
STATES = ("due", "later", "leased", "sending", "dead", "unknown")
CONTENT_TYPE = CONTENT_TYPE_LATEST


class Figures:
    """All figures of one process. Counting takes a microsecond or two, and never waits."""

    def __init__(self) -> None:
        self.registry = mine = CollectorRegistry()
        self._ends = Counter("convener_deliveries", ENDS, ["outcome"], registry=mine)
        self._doubtful = Counter("convener_doubtful_deliveries", DOUBTFUL, registry=mine)
        self._late = Histogram("convener_lateness_seconds", LATE, buckets=SECONDS, registry=mine)
        self._calls = Histogram(
            "convener_call_seconds", CALLS, ["command"], buckets=BRIEF, registry=mine
        )
        self._healed = Counter("convener_healed", HEALED, registry=mine)
        self._queue = Gauge("convener_queue", "Deliveries by state", ["state"], registry=mine)
        self._database = Gauge("convener_database", DATABASE, registry=mine)
        self._clock = Gauge("convener_clock", CLOCK, registry=mine)
        self._connected = Gauge("convener_connected", CONNECTED, ["platform"], registry=mine)
        self._canary: Gauge | None = None
        self._roles = Gauge("convener_role", "What this process does", ["role"], registry=mine)
        self._by_command: dict[str, Histogram] = {}

    def take(self, roles: Iterable[str]) -> None:
        """Note what this process does."""
        for role in roles:
            self._roles.labels(role).set(1)

    def delivery(self, outcome: str, late: float) -> None:
        """Count how a delivery ended, `late` seconds after its moment."""
        self._ends.labels(outcome).inc()
        if outcome in ("sent", "sent again"):
            self._late.observe(max(0.0, late))
        if outcome in ("unknown", "sent again"):
            self._doubtful.inc()

    def call(self, command: str, seconds: float) -> None:
        """Count a call of a command there is."""
        known = self._by_command.get(command)
        if known is None:
            known = self._by_command[command] = self._calls.labels(command)
        known.observe(seconds)

    def healed(self, things: int) -> None:
        """Count things that were out of line."""
        self._healed.inc(things)

    def clock(self, sure: bool) -> None:
        """Note whether the time is beyond doubt."""
        self._clock.set(sure)

    def canary(self, seconds: float) -> None:
        """Note how long the canary took; -1 when it is missing. Before that nothing is shown."""
        if self._canary is None:
            self._canary = Gauge("convener_canary_seconds", CANARY, registry=self.registry)
        self._canary.set(seconds)

    def shown(self, queue: Mapping[str, int] | None, connected: Mapping[str, bool]) -> bytes:
        """Show everything, with the deliveries by state and the platforms as they are now.

        `queue` is None when the database does not answer: then nobody knows of any.
        """
        self._database.set(queue is not None)
        self._queue.clear()
        if queue is not None:
            for state in STATES:
                self._queue.labels(state).set(queue.get(state, 0))
        for platform, is_connected in connected.items():
            self._connected.labels(platform).set(is_connected)
        return generate_latest(self.registry)
