"""Chooses the zone data that counts, of the system's and the package's."""

import re
import zoneinfo
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

import tzdata  # type: ignore[import-untyped]

SYSTEM_VERSION = re.compile(r"#\s*version\s+(\w+)")


@dataclass(frozen=True, slots=True)
class ZoneData:
    """The rules of all clocks; `version` is IANA's, such as 2026a, and rises in the alphabet."""

    version: str
    source: str
    zone: Callable[[str], tzinfo]


def newest(folders: Iterable[str] | None = None) -> ZoneData:
    """Choose the newer of the system's zone data and the package's, for the whole process.

    Zone data of the system that does not tell its version is passed over, as it may be any age.
    """
    version = _version_of_system(zoneinfo.TZPATH if folders is None else folders)
    package = str(tzdata.IANA_VERSION)
    if version >= package:
        return ZoneData(version, "the system's", zoneinfo.ZoneInfo)
    zoneinfo.reset_tzpath(())
    zoneinfo.ZoneInfo.clear_cache()
    return ZoneData(package, "of the package tzdata", zoneinfo.ZoneInfo)


def _version_of_system(folders: Iterable[str]) -> str:
    for folder in folders:
        file = Path(folder) / "tzdata.zi"
        if file.exists():
            with file.open(encoding="utf-8") as lines:
                found = SYSTEM_VERSION.match(lines.readline())
            return found[1] if found else ""
    return ""
