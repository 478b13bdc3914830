"""Text in, reading out: what a document says, each fact with the line that says it, and what is doubtful."""

from dataclasses import dataclass
from datetime import date

from campaign.domain import names
from campaign.domain.folding import fold
from campaign.domain.reading import (
    broken,
    fields,
    headlines,
    heads,
    kind,
    news,
    notes,
    numbers,
    people,
    running,
    targets,
)
from campaign.domain.reading.demands import demands_of
from campaign.domain.reading.frame import is_answer, without_frame
from campaign.domain.reading.labels import Label, Mark, marks
from campaign.domain.reading.mentions import is_a_companion, is_a_relative
from campaign.domain.reading.numbers import Numbered, Place
from campaign.domain.reading.others import without_foreign, without_others, without_teasers
from campaign.domain.reading.page import Page, joined, page_of, quotes_opened, unquoted, without_furniture
from campaign.domain.reading.phrases import loose
from campaign.domain.reading.sentences import Saying, sayings
from campaign.domain.reading.series import final_of, number_of, ordinal_of
from campaign.domain.reading.spellings import with_blanks_mended, with_other_spellings
from campaign.domain.reading.statements import Told, statements_of
from campaign.domain.reading.zones import Zones, zones_of
from campaign.domain.urgent_action import (
    Doubt,
    Evidence,
    Fact,
    News,
    Outcome,
    Person,
    Reading,
    Scope,
    Statement,
    Verdict,
)

ENDED = frozenset({Outcome.DIED, Outcome.EXECUTED})
_LINES_OF_A_HEAD = 5
_LINES_OF_A_PAPER = 4
_FIRST_WORDS = 300
_NEWS_ENDS = frozenset(Label) - {Label.GENDER, Label.CHECK}


def read(text: str) -> Reading:
    """What we understand of a document's text. Never raises; what is no output has a `refusal` and no facts."""
    refusal = kind.refusal_of_text(text)
    if refusal:
        return Reading(refusal=refusal)
    reading = _read(page_of(text))
    if reading.refusal and "\n>" in "\n" + text and not is_answer(text):
        # a mail may forward the whole output in quotes
        opened = _read(page_of(quotes_opened(text)))
        return reading if opened.refusal else opened
    return reading


@dataclass(frozen=True)
class _Layout:
    """A page with all that was found by looking at its lines."""

    page: Page
    marks: tuple[Mark, ...]
    numbered: list[Numbered]
    zones: Zones
    sayings: list[Saying]
    indexes: list[heads.Found]
    language: str


def _layout(page: Page) -> _Layout:
    found = marks(page)
    numbered = sorted([*numbers.head_numbers(page, found), *numbers.closing_numbers(page)], key=lambda n: n.start)
    own = without_teasers(page, numbered)
    teasers = {number.line for number in numbered} - {number.line for number in own}
    numbered = own
    found = without_foreign(page, found, numbered, teasers)
    zones = zones_of(page, found)
    language = kind.language_of(page.text)
    said = without_others(page, found, numbered, sayings(page, zones, found, language))
    return _Layout(page, found, numbered, zones, said, heads.own_indexes(page, found, numbered), language)


def _read(page: Page) -> Reading:
    layout = _layout(without_furniture(without_frame(unquoted(page))))
    refusal = kind.refusal_of(layout.page, layout.marks, layout.numbered, layout.zones, layout.sayings, layout.indexes)
    if refusal:
        return Reading(refusal=refusal)
    second = _second_head(layout)
    if second is not None:
        layout = _layout(layout.page.upto(second))
    return _reading(layout)


def _second_head(layout: _Layout) -> int | None:
    """The line on which the head of another action begins on the same page."""
    if not layout.numbered:
        return None
    first = layout.numbered[0]
    for number in layout.numbered[1:]:
        between = [line for line in layout.page.lines[first.line + 1 : number.line] if line]
        if number.place is not Place.HEAD or number.ua == first.ua:
            continue
        start = layout.page.start_of(number.line)
        is_told = any(first.start < saying.start < start for saying in layout.sayings)
        is_bare = not heads.INDEX.search(layout.page.lines[number.line])
        if len(between) > _LINES_OF_A_PAPER or (is_told and is_bare and len(between) > 2):
            # a paper that has said for whom letters go on is over before the next number
            return number.line
    return None


def _reading(layout: _Layout) -> Reading:
    page = layout.page
    title = _title(layout)
    ua, no_ua = number_of(page, layout.numbered)
    index, no_index = _index(layout)
    issued, no_date = _date(layout)
    ends = any(saying.verdict is Verdict.CLOSED for saying in layout.sayings)
    ordinal, no_ordinal = ordinal_of(page, layout.numbered, ends)
    deadline, no_deadline = fields.deadline_of(page, layout.marks, issued.value if issued else None)
    told = _told(layout, layout.language, title)
    told_news = _news(layout, title, told, issued, ordinal is not None and ordinal.value == 1)
    if layout.zones.request or deadline or told.statements:
        told = _noted(layout, told, told_news)
    return Reading(
        ua=ua,
        index=index,
        issued_on=issued,
        country=_country(layout, title.value if title else ""),
        language=layout.language,
        ordinal=ordinal,
        final=final_of(page, layout.numbered, layout.sayings, len(told.people) == 1),
        title=title,
        summary=_summary(layout, title),
        people=told.people,
        statements=told.statements,
        request=layout.zones.request or _until_asks(deadline),
        news=told_news,
        targets=targets.targets_of(page, layout.zones),
        targets_as_before=targets.as_before(page),
        copies_to_embassy=targets.embassy(page, [mark.start for mark in layout.marks if mark.label is Label.COPIES]),
        demands=demands_of(page, layout.zones),
        deadline=deadline,
        languages=fields.languages_of(page, layout.marks),
        doubts=(*no_ua, *no_index, *no_date, *no_ordinal, *no_deadline, *told.doubts),
    )


def _noted(layout: _Layout, told: Told, told_news: tuple[News, ...]) -> Told:
    """What is told once a note above the head has been heard."""
    page = layout.page
    note_end = notes.note_above(page, layout.numbered)
    if not note_end:
        return told
    newer = notes.newer_news(page, note_end, told, told_news)
    if change := notes.changes_in(page, note_end, {number.ua for number in layout.numbered}):
        told = notes.held_back(told, change)
    if newer:
        sentence = "A note above the output tells news that the output does not know."
        whom = frozenset(news.name for news in newer)
        told = notes.held_back(told, Doubt(sentence, newer[0].evidence), whom)
    return told


def _summary(layout: _Layout, title: Fact[str] | None) -> Fact[str] | None:
    stops = [mark.start for mark in layout.marks] + [saying.start for saying in layout.sayings]
    return fields.summary_of(layout.page, _news_zone(layout, title)[0], stops)


def _news(
    layout: _Layout, title: Fact[str] | None, told: Told, issued: Fact[date] | None, is_first: bool
) -> tuple[News, ...]:
    """What becomes of each; of a paper that ends letters without such news, what it tells as a whole."""
    page = layout.page
    start, stop = _news_zone(layout, title)
    own = news.news_of(
        page, told.people, (start, stop), title.value if title else None, issued.value if issued else None
    )
    if is_first:
        # whatever a first output tells is the case itself; only a death puts its letters in doubt
        return tuple(item for item in own if item.outcome in ENDED)
    closes = any(s.verdict is Verdict.CLOSED for s in told.statements) or bool(
        final_of(page, layout.numbered, layout.sayings, len(told.people) == 1)
    )
    if own and closes:
        said = max([stop, *(saying.end for saying in layout.sayings)])
        silent = _ended(told) - {item.name for item in own}
        return (*own, *news.of_the_silent(page, told.people, silent, (start, said)))
    if own:
        return own
    ended = _ended(told)
    if closes and ended and len(ended) < len(told.people):
        # a sentence that ends the letters of some by name: the paper's good news is theirs alone
        said = max([stop, *(saying.end for saying in layout.sayings)])
        return news.of_the_silent(page, told.people, ended, (start, said))
    return news.news_of_the_paper(page, told.people, (start, len(page.text)), closes)


def _ended(told: Told) -> set[str]:
    """The people whose letters a sentence with their names ends."""
    roster = [(person.name, *person.aliases) for person in told.people]
    printed = [name for s in told.statements if s.verdict is Verdict.CLOSED for name in s.names]
    return {told.people[place].name for name in printed for place in names.fitting(name, roster)}


def _until_asks(deadline: Fact[date] | None) -> Evidence | None:
    """A date until which to act asks for letters, even where nothing else of the request is left."""
    return deadline.evidence if deadline else None


def _index(layout: _Layout) -> tuple[Fact[str] | None, list[Doubt]]:
    found = layout.indexes
    if not found:
        return None, []
    evidence = layout.page.evidence(found[0].start, found[0].end)
    if len(found) > 1:
        return None, [Doubt("The document prints two different index numbers as its own.", evidence)]
    earlier = heads.earlier_text(layout.page, layout.marks)
    if any(heads.same_index(found[0].value, other.group()) for other in heads.INDEX.finditer(earlier)):
        return None, [Doubt("The document's index number is also given as that of an earlier output.", evidence)]
    return Fact(found[0].value, evidence), []


def _date(layout: _Layout) -> tuple[Fact[date] | None, list[Doubt]]:
    found = heads.own_dates(layout.page, layout.numbered, layout.zones.head_end + 1)
    if not found:
        return None, []
    evidence = layout.page.evidence(found[0].start, found[0].end)
    if any(one.printed.is_ambiguous for one in found):
        return None, [Doubt("The document's date can be read two ways.", evidence)]
    days = {one.value for one in found if one.value}
    if len(days) > 1:
        return None, [Doubt("The document bears two different dates.", evidence)]
    return (Fact(days.pop(), evidence), []) if days else (None, [])


def _title(layout: _Layout) -> Fact[str] | None:
    page, upto = layout.page, layout.zones.head_end
    own = [number for number in layout.numbered if number.place is Place.HEAD]
    found = None
    if not _has_banner(page):
        concerns = (
            headlines.concern(page, number) for number in own if not headlines.is_labelled(page.lines[number.line])
        )
        found = next((concern for concern in concerns if concern), None)
    found = found or headlines.headline(page, layout.numbered, layout.marks, upto)
    return Fact(found.value, page.evidence(found.start, found.end)) if found else None


def _has_banner(page: Page) -> bool:
    return any(fold(line) in headlines.BANNERS for line in page.lines[:60])


def _country(layout: _Layout, title: str) -> Fact[str] | None:
    page, upto = layout.page, layout.zones.head_end
    found = heads.head_country(page, layout.numbered, layout.indexes, upto) or heads.people_line_country(page, upto)
    found = found or heads.told_country(page, title, layout.marks) or heads.coded_country(layout.indexes)
    return Fact(found.value, page.evidence(found.start, found.end)) if found else None


def _told(layout: _Layout, language: str, title: Fact[str] | None) -> Told:
    """The people and what the status sentences say of them."""
    page = layout.page
    known = people.united([*people.name_field(page, layout.marks), *_head_people(layout)])
    if not known:
        known = list(_chief(layout, title))
    known = list(with_other_spellings(page, with_blanks_mended(page, tuple(known))))
    told = statements_of(page, layout.sayings, known)
    if not told.statements and (correction := loose()["correction"].search(page.squeezed.letters)):
        return _corrected(layout, told, page.squeezed.place(correction.start()), page.squeezed.after(correction.end()))
    extra: list[Doubt] = []
    if layout.zones.request and (some := news.told_of_some(page, told.people, _news_zone(layout, title))):
        extra.append(Doubt("The document tells of some of the people without saying which.", some))
    if layout.zones.request and not told.statements:
        extra += [
            Doubt(f"The document seems to tell that {name} is out or dead, in broken words.", evidence)
            for name, evidence in broken.ways_out(page, told.people, _news_zone(layout, title))
        ]
    if language not in kind.KNOWN_LANGUAGES and not told.statements:
        extra.append(Doubt("The document is in a language that the reader does not know."))
    elif not told.statements and _thanks_alone(layout):
        extra.append(Doubt("The document thanks for appeals, but its words about further action are missing."))
    if extra:
        whole = page.lines_evidence(0, 0)
        waiting = Statement(Verdict.REVIEW, Scope.EVERYONE, extra[0].evidence or whole)
        told = Told((*told.statements, waiting), told.people, (*told.doubts, *extra))
    return told


def _corrected(layout: _Layout, told: Told, start: int, end: int) -> Told:
    """What a paper that takes back another says without a status sentence: everybody in it must be looked at, closed or not."""
    evidence = layout.page.evidence(start, end)
    doubt = Doubt(
        "The document takes back what an earlier one said, and does not say plainly for whom letters can go on.",
        evidence,
    )
    scope = Scope.NAMED if told.people else Scope.EVERYONE
    waiting = Statement(Verdict.REVIEW, scope, evidence, names=tuple(person.name for person in told.people))
    return Told((waiting,), told.people, (*told.doubts, doubt))


def _head_people(layout: _Layout) -> list[Person]:
    return people.head_list(layout.page, layout.zones.head_end + 1)


def _chief(layout: _Layout, title: Fact[str] | None) -> tuple[Person, ...]:
    """The people of a document without any list: whom its summary begins with, and those of whom it tells news."""
    page = layout.page
    start, stop = _news_zone(layout, title)
    if communities := _communities(layout, start):
        return communities
    chief = running.chief_subject(page.text[start:stop], page.text[:60000])
    zone = page.text[start:stop]
    named = [
        name
        for name in dict.fromkeys(running.names_in_text(zone))
        if len(names.parts(name)) > 1 and (not is_a_relative(zone, name) or is_a_companion(zone, name))
    ][:40]
    told = {item.name for item in news.news_of(page, tuple(Person(name) for name in named), (start, stop), None, None)}
    listed = running.listed_with(chief, page.text[start:stop]) if chief else []
    if not chief and layout.zones.request:
        # a first paper often begins with them: "A, B and C, teachers at the school, were taken away"
        listed = running.listed_first(page.text[start:stop])
    found = people.united(
        [
            Person(running.bare(name), evidence=running.evidence_of(page, name))
            for name in named
            if name in told or name == chief or name in listed
        ]
    )
    if not found and (only := running.begins_with(page.text[start:stop])):
        found = [Person(running.bare(only), evidence=running.evidence_of(page, only))]
    return tuple(found) or _communities(layout, start, loosely=True)


def _communities(layout: _Layout, start: int, *, loosely: bool = False) -> tuple[Person, ...]:
    """The communities that a document without any list is for: its first words, or a status sentence, name them."""
    page = layout.page
    spoken_of = [page.text[start : start + _FIRST_WORDS], *(page.text[s.start : s.end] for s in layout.sayings)]
    known = running.communities_in_text(page.text[:60000], loosely)
    if not any(name[1:] in joined(words) for name in known for words in spoken_of):
        return ()
    return tuple(Person(name, is_group=True, evidence=running.evidence_of(page, name[1:])) for name in known)


def _thanks_alone(layout: _Layout) -> bool:
    """Whether thanks for appeals stand in a paper that neither asks for letters nor says it is the last."""
    letters = layout.page.squeezed.letters
    closing = any(number.is_last or number.is_stop for number in layout.numbered)
    if layout.zones.request or closing or "sentappeals" not in letters:
        return False
    return loose()["thanks"].search(letters) is not None


def _news_zone(layout: _Layout, title: Fact[str] | None) -> tuple[int, int]:
    """From the headline to the first status sentence or label: where a paper tells its news."""
    page = layout.page
    start = page.start_of(title.evidence.last) if title else 0
    if not title and layout.numbered and layout.numbered[0].place is Place.HEAD:
        start = page.start_of(layout.numbered[0].line + 1)
    # a date until which to write may stand in the head, above the news
    head = page.line_at(start) + _LINES_OF_A_HEAD
    ends = [
        mark.start
        for mark in layout.marks
        if mark.label in _NEWS_ENDS
        and mark.start > start
        and not (mark.label is Label.UNTIL and page.line_at(mark.start) <= head)
    ]
    said = [saying.start for saying in layout.sayings if saying.start > start]
    limit = min([*ends, len(page.text)])
    stop = min([*said, limit])
    if len(page.text[start:stop].split()) < 8:
        stop = limit
    return start, max(start, stop)
