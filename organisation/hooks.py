"""What upper floors may hang on this one: each registers a callable in its `AppConfig.ready`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from organisation.models import CalendarDay, Delegation, ImportDraft, User


@dataclass(frozen=True)
class Shift:
    """One date that a change of the calendar moves: of what, with whom, from when to when."""

    what: str
    who: str
    before: date
    after: date


@dataclass(frozen=True)
class Effect:
    """What a change of the calendar does elsewhere, in a sentence: "12 thời hạn lùi lại"; `shifts`
    are the first of them.
    """

    label: str
    count: int
    url: str = ""
    shifts: Sequence[Shift] = ()

    @property
    def more(self) -> int:
        return self.count - len(self.shifts) if self.shifts else 0


Changes = Mapping[date, CalendarDay | None]
CalendarEffect = Callable[[Changes], Iterable[Effect]]
FailuresTold = Callable[[User, int], None]

# Each is asked, before saving, what would move if days became these rows (None: taken out) …
calendar_change_effects: list[CalendarEffect] = []
# … and each is called, in the transaction of the change, when it was made.
calendar_changed: list[Callable[[date], None]] = []
# Each is called where agencies may have begun to answer for others: what waits there passes on.
succession_followed: list[Callable[[date], object]] = []
# Each is told of a person who signed in after five or more failed tries (AU-05).
sign_in_after_failures: list[FailuresTold] = []
# Each is told, in the transaction of the deed, of powers that were lent or taken back.
delegation_given: list[Callable[[Delegation], None]] = []
delegation_revoked: list[Callable[[Delegation], None]] = []
# Each is told, in the transaction of the deed, who asked for a link to a new password, and whose
# password such a link has replaced (AU-07).
reset_asked: list[Callable[[User], None]] = []
password_replaced: list[Callable[[User], None]] = []
# Takes a confirmed list of many rows over in the background: the address where its progress shows.
large_import: list[Callable[[ImportDraft], str]] = []
