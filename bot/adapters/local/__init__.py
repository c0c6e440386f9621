"""Is the local platform: a whole chat in one process, with a clock that can be moved."""

from bot.adapters.local.clock import Clock
from bot.adapters.local.kept import Store
from bot.adapters.local.platform import LocalPlatform
from bot.adapters.local.player import Player
from bot.adapters.local.shown import Shown, ShownForm
from bot.adapters.local.stage import Stage

__all__ = ["Clock", "LocalPlatform", "Player", "Shown", "ShownForm", "Stage", "Store"]
