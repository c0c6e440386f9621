"""What keys do at the prompt, beside what they do in any."""

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition, has_completions
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.key_processor import KeyProcessor
from prompt_toolkit.keys import Keys


class Stopped(Exception):
    """The person stopped in the middle of a field, to send the form off or to leave it."""

    def __init__(self, typed: str, *, sends: bool) -> None:
        super().__init__()
        self.typed = typed
        self.sends = sends


class Filled:
    """Knows whether a field still stands as it was filled in: then what is typed replaces it."""

    def __init__(self) -> None:
        self.untouched = False

    def watch(self, app: Application[str]) -> None:
        """Have any key count as touching."""
        app.key_processor.after_key_press += self._touch

    def begin(self, value: str) -> None:
        """Begin a field with a value."""
        self.untouched = bool(value)

    def _touch(self, keys: KeyProcessor) -> None:
        self.untouched = False


def prompt_keys() -> KeyBindings:
    """Give what Escape does: it closes the menu of completions, and nothing else."""
    keys = KeyBindings()

    @keys.add("escape", filter=has_completions, eager=True)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.cancel_completion()

    return keys


def form_keys(filled: Filled) -> KeyBindings:
    """Give what keys do in a form."""
    keys = prompt_keys()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=Stopped(event.current_buffer.text, sends=True))

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=Stopped(event.current_buffer.text, sends=False))

    @keys.add(Keys.Any, filter=Condition(lambda: filled.untouched))
    @keys.add(Keys.BracketedPaste, filter=Condition(lambda: filled.untouched))
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.text = ""
        event.current_buffer.insert_text(event.data)

    return keys
