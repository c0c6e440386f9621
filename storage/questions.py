"""Questions that a community asks in its own words, and the answers that were given to them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import WITH, Kept, Owned, Privacy, to_community, to_member

Asks = Literal["text", "long", "one", "several", "yesno", "number"]
Words = dict[str, Any]
"""Words by language, those of the original first."""


class Question(Owned):
    """A question of the form it is `about`, such as `call:17`; `kind` says how it is answered.

    `options` are the values to choose from, each with its words. Without a `limit` that of the
    kind counts. One that was `retired_at` an instant is asked no more; one that `replaces_id`
    another stands in its place.
    """

    __tablename__ = "questions"
    privacy = Privacy(
        "Questions of forms",
        "What a community asks in its own words",
        "Whoever may fill the form in",
        WITH,
    )

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0, index=True)
    about: Mapped[str] = mapped_column(index=True)
    position: Mapped[int]
    kind: Mapped[str]
    words: Mapped[Words]
    required: Mapped[bool] = mapped_column(default=False)
    limit: Mapped[int] = mapped_column(default=0)
    options: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("questions.id", ondelete="SET NULL"), default=None
    )
    retired_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"q{self.id}"


class GivenAnswer(Owned):
    """What was answered to a question for the thing it is `about`; `value` is raw.

    It points for ever to the question it was given to, as it read then.
    """

    __tablename__ = "answers"
    privacy = Privacy(
        "Answers to questions of forms",
        "What you answered when a form of your community asked for it",
        "Whoever may see what you filled the form in for",
        WITH,
    )
    __table_args__ = (UniqueConstraint("community_id", "about", "question_id"),)

    community_id: Mapped[int] = mapped_column(to_community(), init=False, default=0)
    about: Mapped[str]
    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), index=True
    )
    value: Mapped[str]
    language: Mapped[str] = mapped_column(default="")
    member_id: Mapped[int | None] = mapped_column(
        to_member(on_erase="delete", words=("value",), ondelete="SET NULL"),
        index=True,
        default=None,
    )


class Questions(Kept[Question]):
    """The questions of one community."""

    kind = Question

    def asked(self, about: str) -> Sequence[Question]:
        """List the questions that a form asks now, in their order."""
        mine = self.mine().where(Question.about == about, Question.retired_at.is_(None))
        return self.all(mine.order_by(Question.position, Question.id))

    def change(self, question: Question, now: datetime, **how: Any) -> Question:
        """Change a question; one that was answered already is replaced by a new one.

        `how` are columns with their new values. Gives the question that is asked from now on.
        """
        if not self._is_answered(question):
            for name, value in how.items():
                setattr(question, name, value)
            self.db.flush()
            return question
        names = ("about", "position", "kind", "words", "required", "limit", "options")
        same = {name: getattr(question, name) for name in names}
        question.retired_at = now
        return self.add(Question(**{**same, **how, "replaces_id": question.id}))

    def retire(self, question: Question, now: datetime) -> None:
        """Ask a question no more; one that nobody has answered is gone."""
        if self._is_answered(question):
            question.retired_at = now
            self.db.flush()
        else:
            self.remove(question)

    def _is_answered(self, question: Question) -> bool:
        given = select(GivenAnswer.id).where(GivenAnswer.question_id == question.id).limit(1)
        return self.db.scalar(given) is not None


class GivenAnswers(Kept[GivenAnswer]):
    """The answers that were given in one community."""

    kind = GivenAnswer

    def of(self, about: str) -> Mapping[int, GivenAnswer]:
        """Give what was answered for a thing, by question."""
        mine = self.mine().where(GivenAnswer.about == about)
        return {answer.question_id: answer for answer in self.all(mine)}

    def put(
        self, about: str, values: Mapping[int, str], language: str, member_id: int | None
    ) -> None:
        """Keep answers by question in the place of those before; empty ones are forgotten."""
        before = self.of(about)
        for question_id, value in values.items():
            answer = before.get(question_id)
            if not value:
                if answer is not None:
                    self.remove(answer)
            elif answer is None:
                self.add(
                    GivenAnswer(
                        about=about,
                        question_id=question_id,
                        value=value,
                        language=language,
                        member_id=member_id,
                    )
                )
            elif answer.value != value:
                answer.value, answer.language, answer.member_id = value, language, member_id
        self.db.flush()

    def about(self, question_ids: Collection[int]) -> Sequence[GivenAnswer]:
        """List what was answered to some questions, the first answered first."""
        mine = self.mine().where(GivenAnswer.question_id.in_(question_ids))
        return self.all(mine.order_by(GivenAnswer.id))
