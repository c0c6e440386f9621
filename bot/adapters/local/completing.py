"""Completes at the prompt what a person types."""

from collections.abc import AsyncGenerator, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.adapters.local.suggesting import Suggestions


class Completing(Suggestions, Completer):
    """Shows below the prompt what is suggested."""

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterable[Completion]:
        """Give nothing: what is looked up takes the loop."""
        return ()

    async def get_completions_async(
        self, document: Document, event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Go through what can follow."""
        typed = document.text_before_cursor.lstrip()
        begun, pairs = await self.following(typed)
        for words, about in pairs:
            if begun.strip('"').casefold() in words.casefold():
                yield Completion(words, -len(begun), display_meta=about)
