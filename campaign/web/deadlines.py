"""The days until which letters are asked for, for a calendar program."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from campaign.domain.case import Case
from campaign.domain.refusals import N_
from campaign.web.tongue import say


def calendar(open_cases: Iterable[Case], *, title: str, link: str, now: datetime) -> bytes:
    """An iCalendar file with a whole day for each action that has a deadline to come; `link` is where our pages begin."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", f"-//{title}//deadlines//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", title)
    due = [case for case in open_cases if case.deadline and not case.deadline_has_passed(now)]
    by_action = sorted(due, key=lambda case: (case.deadline, case.action, case.id))
    for (deadline, ua), cases in groupby(by_action, key=lambda case: (case.deadline, case.ua_slug)):
        people = list(cases)
        names = ", ".join(case.person.name for case in people)
        event = Event()
        event.add("uid", f"{ua}-{deadline}@{link.split('//')[-1].split('/')[0].split(':')[0]}")
        event.add("dtstamp", now)
        event.add("dtstart", deadline)
        event.add("dtend", deadline + timedelta(days=1))
        event.add("summary", say(N_("Last day for letters for %(names)s"), names=names))
        event.add("url", f"{link}/ua/{ua}")
        made.add_component(event)
    return bytes(made.to_ical())
