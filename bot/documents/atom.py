"""Writes announcements for news readers, as Atom (RFC 4287)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

KIND = "application/atom+xml"
SPACE = "http://www.w3.org/2005/Atom"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What may not stand in XML, escaped neither."""


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """Something that was announced; `uid` stays when it changes, of which `changed_at` tells."""

    uid: str
    title: str
    changed_at: datetime
    summary: str


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """What announces, and at which addresses it and its page are."""

    uid: str
    title: str
    locale: str
    here: str
    page: str
    changed_at: datetime


def written_atom(feed: AtomFeed, entries: Sequence[AtomEntry]) -> bytes:
    """Write entries, the last changed first. The same entries give the same bytes."""
    latest = sorted(entries, key=lambda entry: (entry.changed_at, entry.uid), reverse=True)
    root = Element("feed", {"xmlns": SPACE, "xml:lang": feed.locale})
    changed_at = latest[0].changed_at if latest else feed.changed_at
    _begun(root, feed.uid, feed.title, changed_at)
    SubElement(root, "link", {"rel": "self", "type": KIND, "href": feed.here})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    SubElement(SubElement(root, "author"), "name").text = _clean(feed.title)
    for entry in latest:
        child = SubElement(root, "entry")
        _begun(child, entry.uid, entry.title, entry.changed_at)
        SubElement(child, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
        SubElement(child, "summary").text = _clean(entry.summary)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _begun(element: Element, uid: str, title: str, changed_at: datetime) -> None:
    SubElement(element, "id").text = uuid5(NAMESPACE_URL, uid).urn
    SubElement(element, "title").text = _clean(title)
    SubElement(element, "updated").text = f"{changed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _clean(words: str) -> str:
    return CONTROL.sub("", words)
