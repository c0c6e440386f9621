"""Makes zones whose clocks follow other rules than those in the world."""

import io
import struct
from zoneinfo import ZoneInfo


def tzif(rule: str) -> bytes:
    """Write a file of zone data (RFC 9636) with nothing but a rule, such as `EAT-3`."""
    head = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    block = struct.pack(">lBB", 0, 0, 0) + b"UTC\0"
    return (head + block) * 2 + f"\n{rule}\n".encode()


def zone(rule: str, key: str = "") -> ZoneInfo:
    """Give a zone whose clocks follow a rule."""
    return ZoneInfo.from_file(io.BytesIO(tzif(rule)), key)
