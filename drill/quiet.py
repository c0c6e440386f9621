"""Has what a drill runs tell of errors only."""

import logging
import sys

import structlog


def hushed() -> None:
    """Leave out of the log of this process what is no error."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
