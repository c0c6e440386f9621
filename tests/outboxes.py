"""Puts an outbox to work on a toy platform, on a clock that tests move."""

from bot.chat import Place
from bot.errors import TargetLost, Uncertain
from bot.i18n import t
from bot.scheduler.outbox import Outbox, Pace
from storage import Storage
from storage.deliveries import Delivery, Wanted
from tests.toys import ToyPlatform, Watch, toy

PLACE = Place("toy", "home", "general")
LOST = TargetLost("channel_not_found", t("Choose another channel."))


class OutboxWorld:
    """A community with a channel and two members, and an outbox on a clock that can be moved."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.platform = ToyPlatform()
        self.watch = Watch()
        self.outbox = self.another()
        with storage.write() as transaction:
            known = transaction.known("toy", "home", "amina")
            assert known is not None
            self.community, self.amina = known.community_id, known.id
            records = transaction.records(self.community)
            self.channel = records.channels.meet("toy", "home", "general", "general").id
            self.spare = records.channels.meet("toy", "home", "spare", "spare").id

    def another(self, per_lane: int = 10) -> Outbox:
        """Make one more outbox on the same database."""
        pace = Pace(batch=10, per_lane=per_lane, lease=60, grace=60, again=15)
        return Outbox(self.storage, toy.notices, {"toy": self.platform}, self.watch, pace)

    def want(self, *wanted: Wanted, notice: str = "toy.told", about: str = "toy:1") -> None:
        """Want deliveries."""
        with self.storage.write() as transaction:
            for one in wanted:
                transaction.records(self.community).deliveries.send(about, notice, one)

    def to_channel(self, kind: str = "x", **given: object) -> Wanted:
        """Make a delivery to the channel, due now."""
        return Wanted(kind, self.watch(), channel_id=self.channel, **given)  # type: ignore[arg-type]

    def to_channels(self, number: int) -> list[Wanted]:
        """Make a delivery to each of so many channels, due now."""
        with self.storage.write() as transaction:
            channels = transaction.records(self.community).channels
            met = [channels.meet("toy", "home", f"c{n}", f"c{n}") for n in range(number)]
            return [Wanted(one.name, self.watch(), channel_id=one.id) for one in met]

    def to_amina(self, kind: str = "x", **given: object) -> Wanted:
        """Make a delivery to Amina, due now."""
        return Wanted(kind, self.watch(), member_id=self.amina, **given)  # type: ignore[arg-type]

    async def lose_sight(self) -> None:
        """Send something of which nobody knows whether it arrived, and let its grace pass."""
        self.want(self.to_channel())
        self.platform.trouble = lambda target: Uncertain("dropped")
        await self.outbox.turn()
        self.watch.forward(seconds=121)

    def rows(self, about: str = "toy:1") -> list[Delivery]:
        """List the deliveries about a thing."""
        with self.storage.read() as transaction:
            return list(transaction.records(self.community).deliveries.about(about))

    def told(self) -> list[Delivery]:
        """List what coordinators are told of what did not go out."""
        return self.rows(f"community:{self.community}")

    def states(self) -> list[str]:
        """List their states."""
        return [row.state for row in self.rows()]

    def make_coordinator(self) -> None:
        """Make Amina a coordinator."""
        with self.storage.write() as transaction:
            transaction.records(self.community).members.get(self.amina).role = "coordinator"
