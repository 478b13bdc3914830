"""Letters go out: claim one, pass the gate, post it, write down what became of it. Notices go the same way, without a gate."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from campaign.domain.case import Case
from campaign.domain.letter import LetterState, after_posting, next_try, why_it_may_not_leave
from campaign.domain.posting import Posted, PostingResult
from campaign.domain.refusals import Refusal, StorageFailed
from campaign.domain.server_words import SENDER_ENDED, SILENT
from campaign.flow import gate, remembering
from campaign.letterbook import Letterbook
from campaign.postbox import Postbox, sealed
from campaign.store import cases, queue
from campaign.store.database import Database
from campaign.store.pacing import NO_LIMIT, Pace
from campaign.store.queue import Claimed

ACTOR = "the sender"
NO_ANSWER_IN_A_ROW = 3
# Two senders take turns on a connection: while one talks to the mail server, the other waits for the disk.
SENDERS_ON_A_CONNECTION = 2
_LEDGER_GOOD_FOR = timedelta(seconds=1)
_SECONDS_FOR_A_TURN = 1.0
_LINE_IS_BUSY = "The mail server takes long over another letter."
_TAKEN_OUT = "The queue or its addressee was paused."


@dataclass(frozen=True)
class SendingRules:
    """When a letter is tried again, when it is given up, and from which address all of them go.

    `return_path` gives the address for reports on a letter, by its id and Message-ID; else they go to the sender's.
    """

    sender: str
    retry_delays: tuple[timedelta, ...]
    give_up_after: timedelta
    pace: Pace = NO_LIMIT
    jitter: Callable[[], float] = lambda: 0.0
    """From 0 to 1: how much of a tenth is added to a delay, so that what failed together is not tried together."""
    return_path: Callable[[int, str], str] | None = None

    def envelope(self, claimed: Claimed) -> str:
        """The envelope sender of a letter."""
        return self.return_path(claimed.id, claimed.message_id) if self.return_path else self.sender


class Breaker:
    """Opens when the mail server does not answer several times in a row, whoever of the crew asked; then one at a time tries.

    A server that answered anybody since a try began is there, however silent it was to that one: it may be slow for one
    addressee alone. `clock` gives seconds. Shared by all senders of a process.
    """

    def __init__(self, clock: Callable[[], float], rest: float = 1.0, longest: float = 300.0):
        self._clock, self._rest, self._longest = clock, rest, longest
        self._silent, self._shut_until, self._wait, self._answered = 0, 0.0, rest, 0.0
        self._turn = threading.Lock()

    @property
    def is_open(self) -> bool:
        return self._silent >= NO_ANSWER_IN_A_ROW

    def may_ask(self) -> bool:
        """Whether a letter may be tried now. While the line is dead, one try after each rest, and the rests grow."""
        with self._turn:
            if not self.is_open:
                return True
            if self._clock() < self._shut_until:
                return False
            self._shut_until = self._clock() + self._wait
            self._wait = min(2 * self._wait, self._longest)
            return True

    def begin(self) -> float:
        """When a try begins, as `note` wants to know it."""
        return self._clock()

    def note(self, result: PostingResult, began: float) -> None:
        """Takes down whether the server answered at all."""
        with self._turn:
            if result.outcome is Posted.LATER and result.code is None:
                if began < self._answered:
                    return
                self._silent += 1
                if self._silent == NO_ANSWER_IN_A_ROW:
                    self._shut_until, self._wait = self._clock() + self._rest, 2 * self._rest
            else:
                self._silent, self._wait, self._answered = 0, self._rest, self._clock()


@dataclass(frozen=True)
class Sender:
    """One worker: its name is also that of its lock, by which others see that it is alive."""

    db: Database
    postbox: Postbox
    letterbook: Letterbook
    worker: str
    rules: SendingRules
    clock: Callable[[], datetime]
    breaker: Breaker = field(default_factory=lambda: Breaker(lambda: 0.0))
    turn: threading.Lock = field(default_factory=threading.Lock)
    """Held by the one of those on a connection that talks: the gate is passed within it, so that nobody waits for the line
    with a case's lock in hand, and outcomes are written down after it."""
    asked_ledger: list[datetime] = field(default_factory=list)
    """When the ledger was last found to allow sending."""


def drain(sender: Sender, wanted: Callable[[], bool] = lambda: True) -> int:
    """Sends what is due, letter by letter, until nothing is due or nobody wants more; returns how many tries were made.

    Raises StorageFailed where the database does not answer, or its locks were lost: then it is a new worker's turn.

    Ends early when the mail server does not answer several times in a row: then the rest waits for the next round.
    """
    tries, claimed = 0, None
    while claimed or (wanted() and sender.breaker.may_ask()):
        if claimed is None and _withheld(sender):
            break
        if claimed is None and _send_notice(sender):
            tries += 1
            continue
        claimed = claimed or _claim(sender)
        if claimed is None:
            break
        claimed = _send(sender, claimed, goes_on=wanted)
        tries += 1
    if tries:
        remembering.write_down(sender.db)
    return tries


def try_out(sender: Sender, to: str) -> int:
    """A trial run: every letter that is due goes to `to`, with all its headers, and stays in the queue; how many did.

    Nothing is counted, marked or told, and no official gets anything.
    """
    tried = 0
    for claimed in queue.due_letters(sender.db, sender.clock()):
        case = cases.case(sender.db, claimed.case or 0)
        if claimed.wire and not why_it_may_not_leave(case, sender.clock(), promised_at=claimed.promised_at):
            result = sender.postbox.post(claimed.wire, sender=sender.rules.sender, recipient=to)
            tried += result.outcome is Posted.SENT
    return tried


def _claim(sender: Sender, *, after_notices: bool = False) -> Claimed | None:
    now = sender.clock()
    return queue.claim_letter(sender.db, sender.worker, now, sender.rules.pace, after_notices=after_notices)


def _send(sender: Sender, claimed: Claimed, *, goes_on: Callable[[], bool]) -> Claimed | None:
    """Takes a claimed letter through the gate, writes down what became of it, and claims the next in the same transaction.

    One durable commit for each letter is what a sender's pace hangs on. None when nothing more is due or wanted, or when
    a mail of our own should go first.
    """
    assert claimed.case is not None
    db = sender.db
    with ExitStack() as until_it_is_written:
        if not sender.turn.acquire(timeout=_SECONDS_FOR_A_TURN):
            # Meanwhile the letter is anybody's; and no other is taken before the line is free.
            queue.put_back(db, claimed, sender.worker, _LINE_IS_BUSY, sender.clock())
            with sender.turn:
                return None
        try:
            until_it_is_written.enter_context(db.locks.share_case(claimed.case))
            if _is_turned_back(sender, claimed):
                return None
            result, is_ours = _posted(sender, claimed)
        finally:
            sender.turn.release()
        following = None
        with db.atomic():
            _mark(sender, claimed, result)
            if is_ours and goes_on() and not sender.breaker.is_open:
                following = _claim(sender, after_notices=True)
        if following is None:
            remembering.write_down(db)
    return following


def _is_turned_back(sender: Sender, claimed: Claimed) -> bool:
    """The gate: the case's lock is held, so whatever is read now of the letter and its case stands until it is let go."""
    case = cases.case_of_letter_in_hand(sender.db, claimed.id, sender.worker)
    if case is None:
        queue.put_back(sender.db, claimed, sender.worker, _TAKEN_OUT, sender.clock())
        return True
    if refusal := why_it_may_not_leave(case, sender.clock(), promised_at=claimed.promised_at):
        _turn_back(sender, claimed, case, refusal)
        return True
    if withheld := _withheld(sender):
        queue.put_back(sender.db, claimed, sender.worker, str(withheld), sender.clock())
        return True
    return False


def _posted(sender: Sender, claimed: Claimed) -> tuple[PostingResult, bool]:
    """What came of the try, and whether all our locks held until its end."""
    assert claimed.wire is not None
    began = sender.breaker.begin()
    envelope = sender.rules.envelope(claimed)
    result = sender.postbox.post(claimed.wire, sender=envelope, recipient=claimed.recipient)
    return result, _noted(sender, result, began)


def _send_notice(sender: Sender) -> bool:
    """Whether a mail of our own was due and tried. Raises StorageFailed where our locks were lost."""
    if not queue.notice_is_due(sender.db, sender.clock()):
        return False
    with sender.turn:
        began = sender.breaker.begin()
        result = send_notice(sender)
        if result is None:
            return False
        if not _noted(sender, result, began):
            raise StorageFailed("the worker's lock is lost")
    return True


def _noted(sender: Sender, result: PostingResult, began: float) -> bool:
    """Tells the breaker; False where our own lock was lost: then we took the letter back, which says nothing of the server."""
    if result.code is None and not sender.db.locks.are_held():
        return False
    sender.breaker.note(result, began)
    return True


def _withheld(sender: Sender) -> Refusal | None:
    """Why the ledger forbids every mail, asked once a second: the lines of that second are owed by the database meanwhile."""
    now = sender.clock()
    asked = sender.asked_ledger[-1] if sender.asked_ledger else None
    if asked is not None and timedelta(0) <= now - asked < _LEDGER_GOOD_FOR:
        return None
    refusal = remembering.why_nothing_leaves(sender.db)
    if refusal is None:
        sender.asked_ledger[:] = [now]
    return refusal


def send_notice(sender: Sender) -> PostingResult | None:
    """Takes the next due mail of our own; None when none is due."""
    claimed = queue.claim_notice(sender.db, sender.worker, sender.clock())
    if claimed is None:
        return None
    try:
        wire = claimed.wire or _sealed(sender, claimed)
    except Exception as broken:
        # One mail that cannot be written must not keep all others waiting.
        reason = f"It could not be written: {type(broken).__name__}."
        queue.mark_notice(sender.db, claimed, "refused", reason=reason, now=sender.clock())
        return PostingResult(Posted.REFUSED, None, reason)
    result = sender.postbox.post(wire, sender=sender.rules.sender, recipient=claimed.recipient)
    now = sender.clock()
    delay = _delay(sender, claimed, now)
    if result.outcome is Posted.SENT:
        queue.mark_notice(sender.db, claimed, "sent", reason=None, now=now)
    elif result.outcome is Posted.REFUSED or delay is None:
        queue.mark_notice(sender.db, claimed, "refused", reason=result.answer, now=now)
    else:
        queue.mark_notice(sender.db, claimed, "queued", reason=result.answer, now=now, next_at=now + delay)
    return result


def _sealed(sender: Sender, claimed: Claimed) -> bytes:
    """The bytes of a mail of our own; each try makes the same ones."""
    assert claimed.mail is not None
    notice = sender.letterbook.notice(claimed.mail.kind, claimed.mail.tongue, **claimed.mail.facts)
    return sealed(
        sender=sender.rules.sender,
        sender_name=claimed.mail.sender_name,
        recipient=claimed.recipient,
        subject=notice.subject,
        body=notice.body,
        message_id=claimed.message_id,
        at=claimed.promised_at,
        is_notice=True,
        unsubscribe=claimed.mail.unsubscribe,
    )


def tidy(db: Database, clock: Callable[[], datetime]) -> None:
    """Takes back what dead workers had in hand, and finishes closings that were left waiting."""
    for worker in queue.workers_in_hand(db):
        if db.locks.worker_is_gone(worker):
            _take_back(db, worker, clock())
    gate.finish_closings(db, ACTOR, clock)


def _take_back(db: Database, worker: str, now: datetime) -> None:
    """Nobody knows whether a dead worker's letter went: it is tried again under the same Message-ID, but not for ever."""
    queue.queue_notices_again(db, worker, now)
    for claimed in queue.letters_in_hand(db, worker):
        state = after_posting(Posted.UNKNOWN, claimed.unknown_tries + 1, gives_up=False)
        if state is LetterState.QUEUED and claimed.case is not None and cases.case(db, claimed.case).has_ended:
            state = LetterState.UNCERTAIN
        queue.mark_letter(db, claimed, worker, state, reason=SENDER_ENDED, maybe=True, now=now, next_at=now)


def _turn_back(sender: Sender, claimed: Claimed, case: Case, refusal: Refusal) -> None:
    now = sender.clock()
    if case.has_ended:
        state, reason = LetterState.UNCERTAIN if claimed.unknown_tries else LetterState.STOPPED, case.cause.text
    else:
        state, reason = LetterState.HELD if case.is_open else LetterState.QUEUED, str(refusal)
    queue.mark_letter(sender.db, claimed, sender.worker, state, reason=reason, maybe=False, now=now, next_at=now)


def _mark(sender: Sender, claimed: Claimed, result: PostingResult) -> None:
    now = sender.clock()
    unknown = result.outcome is Posted.UNKNOWN
    delay = _delay(sender, claimed, now)
    state = after_posting(result.outcome, claimed.unknown_tries + unknown, gives_up=delay is None)
    queue.mark_letter(
        sender.db, claimed, sender.worker, state,
        reason=None if state is LetterState.SENT else result.answer or SILENT,
        maybe=unknown, now=now,
        next_at=now + delay if delay is not None and state is LetterState.QUEUED else None,
    )  # fmt: skip


def _delay(sender: Sender, claimed: Claimed, now: datetime) -> timedelta | None:
    waited = max(now - claimed.promised_at, timedelta(0))
    delay = next_try(sender.rules.retry_delays, claimed.attempts, sender.rules.give_up_after, waited)
    return delay * (1 + sender.rules.jitter() / 10) if delay is not None else None
