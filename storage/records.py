"""Gives what is kept of one community, in one open transaction."""

from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session as DbSession

from storage.actions import ActionItems
from storage.ahead import Outlook
from storage.assets import Assets
from storage.attendance import Attendances
from storage.calendars import Calendars
from storage.checklists import Checklists
from storage.closing import ClosingLines
from storage.community import Channels, Community, Placements, Posts, Setting
from storage.consents import Consents
from storage.contributions import Contributions
from storage.deliveries import Deliveries
from storage.drafts import Drafts
from storage.feedback import Feedbacks
from storage.finding import FoundSessions
from storage.guests import Guests
from storage.hosting import Hosting
from storage.hours import Burdens
from storage.imports import Imports
from storage.interpreters import Interpreters
from storage.jobs import Jobs
from storage.log import Log
from storage.lost_posts import LostPosts
from storage.news import WhatsNew
from storage.notes import NotesKept
from storage.openspace import OpenSpaces, Rooms, Slots
from storage.pace import added
from storage.people import Members
from storage.polls import PollAnswers, PollDates, Polls
from storage.programmes import Programmes
from storage.questions import GivenAnswers, Questions
from storage.roles import RoleTurns
from storage.rsvps import Rsvps
from storage.seats import Seats
from storage.sessions import Sessions
from storage.swaps import Swaps
from storage.threads import Threads
from storage.timers import Timers
from storage.topics import Topics
from storage.touched import Touched
from storage.undelivered import Undelivered


class Records:
    """The open transaction, bound to one community: no other's rows can be reached from it."""

    def __init__(self, session: DbSession, community_id: int) -> None:
        self.db = session
        self.community_id = community_id
        self.touched = Touched()

    @cached_property
    def setting(self) -> Setting:
        """Give the setting of this community."""
        return Setting(self.db, self.community_id)

    @cached_property
    def community(self) -> Community:
        """Give the community of this community."""
        return self.setting.get()

    @cached_property
    def channels(self) -> Channels:
        """Give the channels of this community."""
        return Channels(self.db, self.community_id)

    @cached_property
    def posts(self) -> Posts:
        """Give the posts of this community."""
        return Posts(self.db, self.community_id)

    @cached_property
    def placements(self) -> Placements:
        """Give where the things of this community stand."""
        return Placements(self.db, self.community_id)

    @cached_property
    def members(self) -> Members:
        """Give the members of this community."""
        return Members(self.db, self.community_id)

    @cached_property
    def guests(self) -> Guests:
        """Give the guests of this community."""
        return Guests(self.db, self.community_id)

    @cached_property
    def sessions(self) -> Sessions:
        """Give the sessions of this community."""
        return Sessions(self.db, self.community_id)

    @cached_property
    def finding(self) -> FoundSessions:
        """Give what the sessions of this community are found by."""
        return FoundSessions(self.db, self.community_id)

    @cached_property
    def rsvps(self) -> Rsvps:
        """Give the answers to the sessions of this community."""
        return Rsvps(self.db, self.community_id)

    @cached_property
    def seats(self) -> Seats:
        """Give the seats of this community."""
        return Seats(self.db, self.community_id)

    @cached_property
    def programmes(self) -> Programmes:
        """Give the programmes of this community."""
        return Programmes(self.db, self.community_id)

    @cached_property
    def burdens(self) -> Burdens:
        """Give who bore which hours in this community."""
        return Burdens(self.db, self.community_id)

    @cached_property
    def interpreters(self) -> Interpreters:
        """Give who interprets in this community."""
        return Interpreters(self.db, self.community_id)

    @cached_property
    def calendars(self) -> Calendars:
        """Give the calendars of this community."""
        return Calendars(self.db, self.community_id)

    @cached_property
    def imports(self) -> Imports:
        """Give the imports of this community."""
        return Imports(self.db, self.community_id)

    @cached_property
    def polls(self) -> Polls:
        """Give the polls of this community."""
        return Polls(self.db, self.community_id)

    @cached_property
    def poll_dates(self) -> PollDates:
        """Give the hours that the polls of this community propose."""
        return PollDates(self.db, self.community_id)

    @cached_property
    def poll_answers(self) -> PollAnswers:
        """Give the answers to the polls of this community."""
        return PollAnswers(self.db, self.community_id)

    @cached_property
    def hosting(self) -> Hosting:
        """Give the hosting of this community."""
        return Hosting(self.db, self.community_id)

    @cached_property
    def swaps(self) -> Swaps:
        """Give the swaps of this community."""
        return Swaps(self.db, self.community_id)

    @cached_property
    def ahead(self) -> Outlook:
        """Give what lies ahead in this community."""
        return Outlook(self.db, self.community_id)

    @cached_property
    def roles(self) -> RoleTurns:
        """Give the roles of this community."""
        return RoleTurns(self.db, self.community_id)

    @cached_property
    def checklists(self) -> Checklists:
        """Give the checklists of this community."""
        return Checklists(self.db, self.community_id)

    @cached_property
    def attendance(self) -> Attendances:
        """Give who was at the sessions of this community."""
        return Attendances(self.db, self.community_id)

    @cached_property
    def assets(self) -> Assets:
        """Give what stays of the things of this community."""
        return Assets(self.db, self.community_id)

    @cached_property
    def consents(self) -> Consents:
        """Give the consents of this community."""
        return Consents(self.db, self.community_id)

    @cached_property
    def actions(self) -> ActionItems:
        """Give the action items of this community."""
        return ActionItems(self.db, self.community_id)

    @cached_property
    def contributions(self) -> Contributions:
        """Give who contributes to the agendas of this community."""
        return Contributions(self.db, self.community_id)

    @cached_property
    def feedback(self) -> Feedbacks:
        """Give the feedback on the sessions of this community."""
        return Feedbacks(self.db, self.community_id)

    @cached_property
    def closing(self) -> ClosingLines:
        """Give the lines of the closing rounds of this community."""
        return ClosingLines(self.db, self.community_id)

    @cached_property
    def openspaces(self) -> OpenSpaces:
        """Give the openspaces of this community."""
        return OpenSpaces(self.db, self.community_id)

    @cached_property
    def slots(self) -> Slots:
        """Give the slots of this community."""
        return Slots(self.db, self.community_id)

    @cached_property
    def rooms(self) -> Rooms:
        """Give the rooms of this community."""
        return Rooms(self.db, self.community_id)

    @cached_property
    def notes(self) -> NotesKept:
        """Give the notes of this community."""
        return NotesKept(self.db, self.community_id)

    @cached_property
    def topics(self) -> Topics:
        """Give the topics of this community."""
        return Topics(self.db, self.community_id)

    @cached_property
    def questions(self) -> Questions:
        """Give the questions of this community."""
        return Questions(self.db, self.community_id)

    @cached_property
    def answers(self) -> GivenAnswers:
        """Give the answers to questions of this community."""
        return GivenAnswers(self.db, self.community_id)

    @cached_property
    def drafts(self) -> Drafts:
        """Give the forms that members of this community have begun."""
        return Drafts(self.db, self.community_id)

    @cached_property
    def log(self) -> Log:
        """Give what was done in this community."""
        return Log(self.db, self.community_id)

    @cached_property
    def news(self) -> WhatsNew:
        """Give what is new in this community."""
        return WhatsNew(self.db, self.community_id)

    @cached_property
    def deliveries(self) -> Deliveries:
        """Give the deliveries of this community."""
        return Deliveries(self.db, self.community_id)

    @cached_property
    def timers(self) -> Timers:
        """Give when things of this community change by themselves."""
        return Timers(self.db, self.community_id)

    @cached_property
    def jobs(self) -> Jobs:
        """Give the long work of this community."""
        return Jobs(self.db, self.community_id)

    @cached_property
    def undelivered(self) -> Undelivered:
        """Give what could not be delivered in this community."""
        return Undelivered(self.db, self.community_id)

    @cached_property
    def threads(self) -> Threads:
        """Give the threads beneath the posts of this community."""
        return Threads(self.db, self.community_id)

    @cached_property
    def lost_posts(self) -> LostPosts:
        """Give which posts of this community somebody deleted."""
        return LostPosts(self.db, self.community_id)

    def added(self, member_id: int, since: datetime) -> int:
        """Count what a member has added to this community after an instant."""
        return added(self.db, self.community_id, member_id, since)
