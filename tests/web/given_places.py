"""A world in which every address leads somewhere: what the places in the paths of routes stand for."""

import re
from dataclasses import dataclass, field, replace

from campaign.domain.account import Role
from campaign.domain.corrections import Field
from campaign.domain.letter import Channel, LetterState
from campaign.flow import correcting, grouping, intake, joining, offering, packing, reopening, reporting
from campaign.flow.offering import OwnText
from campaign.flow.packing import Wanted
from campaign.flow.reporting import Told
from campaign.store import documents, letters, own_letters
from campaign.store.arrivals import Came
from campaign.store.database import Database
from campaign.store.documents import Document
from tests import given
from tests.documents_given import TWO_RAHIMIS, ambiguous_final, kept

GUESSED = "guessed0guessed0guess"
# What only its holder knows: whoever guesses gets to nothing.
SECRETS = {"token", "receipt", "confirming.word", "invitations.word"}


@dataclass(frozen=True)
class Places:
    """The places by `endpoint.argument`, by `blueprint.argument`, or by the argument alone."""

    known: dict[str, object]
    # Pages with forms that the one page of their route lacks.
    more_pages: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def path(self, rule, *, as_guess: bool = False) -> str:
        """The path of a route; a guess has a wrong word wherever there is a secret one."""

        def there(found: re.Match) -> str:
            argument = found[1].rpartition(":")[2]
            blueprint = rule.endpoint.rpartition(".")[0]
            if as_guess and (argument in SECRETS or f"{blueprint}.{argument}" in SECRETS):
                return GUESSED
            for name in (f"{rule.endpoint}.{argument}", f"{blueprint}.{argument}", argument):
                if name in self.known:
                    return str(self.known[name])
            raise AssertionError(f"{rule.rule}: please say in tests/web/given_places.py what <{argument}> stands for")

        return re.sub(r"<([^>]+)>", there, rule.rule) + str(self.known.get(f"{rule.endpoint}?", ""))


def a_whole_world(db: Database, app) -> Places:
    """Olu and Ada, a case, a letter in each state that a page is about, an invitation."""
    office = app.extensions["desk"].office
    until, copies = "30 November 2026", "Please also send a copy to the embassy of Togo in your country."
    ana = given.an_open_case(db, deadline=until, copies=copies)
    waiting, token = given.an_unconfirmed_letter(db, ana)
    by_post = given.an_opened_letter(db, ana, Channel.POST)
    group = grouping.make(db, office, "Readers", "READERS", by="Ada", now=given.NOON)
    harm = "Dear Director,\n\nPlease see www.evil.example and free Ana Ruiz."
    held = given.a_letter(db, ana, body=harm, via="READERS")
    uncertain = given.an_uncertain_letter(db, ana, via="READERS")
    assert letters.letter(db, held.id).state is LetterState.HELD
    offering.offer(db, office, ana.action, a_text(), by="Olu", now=given.NOON)
    given.take_in(db, given.an_output("Ana Ruiz", ordinal=2, deadline=until))
    link = joining.invite(db, office, "Bea", Role.ORGANIZER, by="Ada", now=given.NOON).link
    came = Came("browser", "Ada", together="one-go")
    paper = given.an_output("Ana Ruiz", ordinal=3)
    brought, _ = intake.keep(db, paper, name="new.txt", via="browser", now=given.NOON, came=came)
    bo = given.close(db, given.open_cases(db, "Bo Chen", ua="72/26")[0])
    cy = given.close(db, given.open_cases(db, "Cy Okoro", ua="73/26")[0])
    reopening.ask(db, cy.id, reason="She was taken again.", by="Cleo", now=given.NOON, patience=given.PATIENCE)
    dee = given.close(db, given.open_cases(db, "Dee Abara", ua="74/26")[0])
    reopening.ask(db, dee.id, reason="She was taken again.", by="Ada", now=given.NOON, patience=given.PATIENCE)
    corrected = correcting.propose(
        db, 1, correcting.Said(Field.TITLE, "", "Another headline"), by="Ada", reason="It says so.", now=given.NOON
    )
    grouping.assign(db, group, 1, by="Ada", now=given.NOON)
    pack = packing.make(db, office, Wanted(ana.id, 2, ("en",)), by="Ada", now=given.NOON)
    told = Told(2, given.NOON.date(), "Olu", "the folder of 2026")
    batch = reporting.report_case(db, ana.id, None, told, by="Ada", now=given.NOON)
    doubtful = a_doubtful_paper(db)
    mine = db.rows("SELECT s.id FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE a.name = 'Ada'")
    accounts = {row["name"]: row["id"] for row in db.rows("SELECT id, name FROM accounts")}
    return Places(
        {
            "action": "71-26", "person": "ana-ruiz", "code": "fr", "filename": "style.css",
            "token": token, "receipt": by_post.receipt, "letters.id": by_post.id,
            "confirming.word": office.unsubscription(office.writer(str(waiting.email))),
            "invitations.word": link.rpartition("/")[2], "inbox.word": "one-go", "record.id": 1,
            "documents.id": 1, "documents.undo.id": 2, "documents.read_again.id": doubtful.id, "documents.take_back.id": corrected,
            "documents.answer.id": doubtful.id,
            "closing.id": ana.action, "reopening.id": cy.id, "reopening.ask.id": bo.id, "reopening.withdraw.id": dee.id,
            "targets.id": 1, "targets.action.id": ana.action, "targets.extend.id": ana.action,
            "events.new.id": ana.id, "events.make.id": ana.id, "events.pack.id": pack.id, "events.pack_pdf.id": pack.id,
            "events.id": batch, "groups.id": group, "events.say?": f"?case={ana.id}", "events.report?": f"?case={ana.id}",
            "documents.correct?": "?field=deadline", "documents.propose?": "?field=deadline", "deliveries.id": 1,
            "wanted.id": ana.id, "wanted.target": 1, "wanted.epoch": ana.epoch,
            "held.id": held.id, "sent.id": uncertain.id, "admin.id": 1, "admin.apply.id": brought.id,
            "accounts.id": accounts["Olu"],
            "own_letters.id": own_letters.own_letters(db, ana.action)[0].id, "accounts.revoke.id": 1,
            "own_account.id": mine[0]["id"] if mine else 1,
        },
        {"admin.document": (f"/admin/documents/{doubtful.id}",)},
    )  # fmt: skip


def a_doubtful_paper(db: Database) -> Document:
    """One with a question, and with a headline that today's reader reads otherwise."""
    given.open_cases(db, *TWO_RAHIMIS, ua="75/26")
    paper = kept(db, ambiguous_final().replace(given.UA.encode(), b"75/26"))
    assert paper.as_read and paper.as_read.title
    documents.set_reading(db, paper.id, replace(paper.as_read, title=replace(paper.as_read.title, value="Misread")))
    return paper


def a_text() -> OwnText:
    return OwnText(
        "en", "The school", "For {name}", "{salutation},\n\nI write for {name}. Please release {them}.\n\nYours,"
    )
