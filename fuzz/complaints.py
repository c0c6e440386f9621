"""Hears what the bot and its libraries complain of in the log, where nothing was raised."""

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog

LOUD = ("error", "critical", "exception")


class Complaints(logging.Handler):
    """What was logged as an error since it was last asked for."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Hear what a library logs."""
        told = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            told += f": {record.exc_info[1]!r}"
        self.heard.append(f"{record.name}: {told}")

    def __call__(
        self, log: object, method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """Hear what the bot logs, as a processor of structlog."""
        if method in LOUD:
            trace = str(event.get("trace") or _traced(event.get("exc_info"))).rstrip()
            self.heard.append(f"{event.get('event')} ({event.get('action', '')}): {trace[-3000:]}")
        raise structlog.DropEvent

    def taken(self) -> list[str]:
        """Give what was heard, once."""
        heard, self.heard = self.heard, []
        return heard


def _traced(told: object) -> str:
    """Write an exception out, however it was given to the log."""
    error = sys.exc_info()[1] if told is True else told
    error = error[1] if isinstance(error, tuple) else error
    if isinstance(error, BaseException):
        return "".join(traceback.format_exception(error, limit=-6))
    return str(told or "")


@contextmanager
def listening() -> Iterator[Complaints]:
    """Have all that is logged be heard here, and nowhere else."""
    complaints, root, before = Complaints(), logging.getLogger(), structlog.get_config()
    handlers, root.handlers = root.handlers, [complaints]
    structlog.configure(processors=[complaints], cache_logger_on_first_use=False)
    try:
        yield complaints
    finally:
        root.handlers = handlers
        structlog.configure(**before)
