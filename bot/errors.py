"""Keeps the one tree of errors; the docstring of a class is what people read by default."""

import inspect

from bot.i18n import Text


class UserError(Exception):
    """That didn't work. Please check it and try again."""

    def __init__(self, text: Text | None = None) -> None:
        super().__init__(text)
        self.text = text or Text(" ".join((inspect.getdoc(type(self)) or "").split()))


class NotAllowed(UserError):
    """You're not allowed to do that here. A coordinator of your community can help."""


class Gone(UserError):
    """That isn't here any more. It may have been removed, or it belongs to another community."""


class FormGone(UserError):
    """This form was already sent or discarded. Type the command again to open a new one."""


class UnknownCommand(UserError):
    """I don't know that command. It may be from an older version. The help shows what I can do."""


class Unreadable(UserError):
    """I didn't understand that value."""


class FieldError(UserError):
    """Please check this field."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(text)
        self.field = field


class RecordsAway(Exception):
    """What is kept cannot be reached just now."""


class PostError(Exception):
    """A platform did not take a message; what is said of it is for coordinators and the log."""


class Busy(PostError):
    """The platform asks to wait: nothing was posted.

    `retry_after` is in seconds; `bucket` names the channel or person whose messages are to wait;
    without one all of the community's wait.
    """

    def __init__(self, retry_after: float, bucket: str = "") -> None:
        super().__init__(f"asked to wait {retry_after} s")
        self.retry_after = retry_after
        self.bucket = bucket


class NotThere(Busy):
    """The platform is not connected just now: nothing was posted."""


class TargetLost(PostError):
    """The place cannot be reached any more: `reason` says why, in a word of the platform's.

    `text` names no values: it is kept by its template until coordinators read it.
    """

    def __init__(self, reason: str, text: Text) -> None:
        super().__init__(reason)
        self.reason = reason
        self.text = text


class PersonClosed(PostError):
    """The person does not take direct messages from us."""


class PersonLeft(PostError):
    """Somebody has left the workspace in which they were known."""


class Uncertain(PostError):
    """The message may or may not have been posted: look before sending again."""


class Unforeseen(Uncertain):
    """Something of ours broke over a message, and may break again each time."""


class Refused(PostError):
    """The platform refuses this message itself, and would refuse it again."""


class MessageGone(Refused):
    """The message that was to be edited is not there any more: somebody deleted it."""
