"""Lets many tests begin with the same scene, which is played once and then only copied."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar, cast

from tests.chatting import Chat, Still

Given = ParamSpec("Given")
Result = TypeVar("Result")
_kept: dict[tuple[object, ...], tuple[Still, Any]] = {}


def scene(play: Callable[Given, Result]) -> Callable[Given, Result]:
    """Make a function that acts in a chat a scene: with the same words it is played only once.

    After that its chat goes on from a copy of where the first one stood at its end. Scenes stand
    on others by calling them first, or as fixtures; where anything else came before, they are
    played as ever. What a scene gives is the chat, or cannot be changed.
    """
    parameters = signature(play)

    @wraps(play)
    def played(*args: Given.args, **named: Given.kwargs) -> Result:
        bound = parameters.bind(*args, **named)
        bound.apply_defaults()
        chat, *words = bound.arguments.values()
        assert isinstance(chat, Chat)
        if chat.played is None:
            return play(*args, **named)
        all_played = (*chat.played, play, *words)
        if all_played not in _kept:
            gave = play(*args, **named)
            _kept[all_played] = chat.still(), None if gave is chat else gave
        still, gives = _kept[all_played]
        chat.go_on_from(still)
        chat.played = all_played
        return cast(Result, chat if gives is None else gives)

    return played
