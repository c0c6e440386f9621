"""Is where somebody sits who types without saying who: their name, their place, their lines."""

from bot.adapters.local.home import home_zone
from bot.adapters.local.lines import ACT, ACTIONS, JoinLine
from bot.adapters.local.player import Player

ME, HOME = "me", "#general"
OWN = ("join", "time", "who", "help", "quit")


class Seat:
    """Who speaks where a line does not say so itself."""

    def __init__(self, player: Player) -> None:
        self.player = player
        elsewhere = player.stage.platform.elsewhere
        self.me, self.where = elsewhere.first or ME, elsewhere.where or HOME

    async def take(self) -> None:
        """Let `me` in, in the zone and the language of this machine, unless one is somebody."""
        if self.me != ME:
            return
        known = self.player.stage.platform.people.get(ME)
        if known is None or not known.zone:
            here = {"zone": home_zone(), "locale": self.player.locale}
            await self.player.act(JoinLine(ME, here))

    async def piped(self, line: str) -> str:
        """Give a line of a pipe, where only commands and presses may come without a name."""
        words = line.strip()
        if not words.startswith("/") and words.partition(" ")[0] not in ACTIONS:
            return line
        await self.take()
        return self.meant(words)

    def meant(self, line: str) -> str:
        """Give the line with who says it and where, unless it says so itself."""
        words = line.strip()
        head = words.partition(" ")[0]
        acting = ACT.fullmatch(words)
        if not words or head in OWN or (acting and self.player.stage.called(acting["who"])):
            return words
        if head in ACTIONS:
            return f"{self.me}: {words}"
        return f"{self.me} in {self.where}: {words}"
