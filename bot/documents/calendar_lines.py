"""Takes a calendar file apart (RFC 5545, section 3.1): lines, their parameters, and components."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

NEWLINE = re.compile(r"\r\n|\n|\r")
PARAMETER = re.compile(r';\s*([\w-]+)\s*=\s*("[^"]*"|[^;"]*)')
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
SIGNS = {"n": "\n", "N": "\n"}


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a calendar: its value, and its parameters by name."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The value as text."""
        return ESCAPED.sub(lambda found: SIGNS.get(found[1], found[1]), self.value)


@dataclass(slots=True)
class Component:
    """A part of a calendar, such as an event: its properties by name, and its own text.

    `within` is how many parts of it are open while it is read.
    """

    kind: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    within: int = 0

    def first(self, name: str) -> Property | None:
        """Give the first property of a name."""
        return next(iter(self.properties.get(name, ())), None)

    def words(self, name: str) -> str:
        """Give the text of a property, or nothing."""
        one = self.first(name)
        return one.words.strip() if one else ""


def components(content: str) -> Iterator[Component]:
    """Go through the events and zones of a calendar, and the calendar itself, which is last.

    What is within them, such as an alarm, is left out; what was never closed ends with the file.
    """
    calendar = Component("VCALENDAR")
    opened: Component | None = None
    for line in _lines(content):
        name, _, value = line.partition(":")
        begun = (name.strip().upper(), value.strip().upper())
        if opened is not None:
            if _goes_on(opened, line, begun):
                continue
            yield opened
            opened = None
        elif begun in (("BEGIN", "VEVENT"), ("BEGIN", "VTIMEZONE")):
            opened = Component(begun[1], lines=[line])
        else:
            _keep(calendar, line)
    if opened is not None:
        yield opened
    yield calendar


def _goes_on(opened: Component, line: str, begun: tuple[str, str]) -> bool:
    """Take a line into a component; says whether that goes on behind it."""
    opened.lines.append(line)
    if begun[0] == "BEGIN":
        opened.within += 1
    elif begun[0] == "END" and not opened.within:
        return False
    elif begun[0] == "END":
        opened.within -= 1
    elif not opened.within:
        _keep(opened, line)
    return True


def _lines(content: str) -> Iterator[str]:
    """Go through the lines of a calendar, folded ones as one."""
    whole: list[str] = []
    for line in NEWLINE.split(content):
        if line[:1] in (" ", "\t"):
            whole.append(line[1:])
            continue
        if whole:
            yield "".join(whole)
        whole = [line] if line.strip() else []
    if whole:
        yield "".join(whole)


def _divided(line: str) -> tuple[str, str]:
    """Divide a line into what stands before the first colon outside quotes, and behind it."""
    at = 0
    for number, piece in enumerate(line.split('"')):
        if number % 2 == 0 and ":" in piece:
            at += piece.index(":")
            return line[:at].strip(), line[at + 1 :].strip()
        at += len(piece) + 1
    head, _, value = line.partition(":")
    return head.strip(), value.strip()


def _keep(component: Component, line: str) -> None:
    head, value = _divided(line)
    name, _, rest = head.partition(";")
    parameters = {
        key.upper(): CONTROL.sub("", value).strip().strip('"').strip()
        for key, value in PARAMETER.findall(f";{rest}")
    }
    if "TZID" in parameters and ":" in value:  # a zone such as "(UTC-03:00) Brasília", unquoted
        more, _, value = value.rpartition(":")
        parameters["TZID"] = f"{parameters['TZID']}:{CONTROL.sub('', more)}"
    one = Property(value, parameters)
    component.properties.setdefault(name.strip().upper(), []).append(one)
