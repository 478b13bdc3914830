"""What the small code on a printed letter leads to: is this letter still wanted?"""

from flask import Blueprint, render_template

from campaign.domain.refusals import NotFound
from campaign.store import actions, cases
from campaign.web.access import everyone
from campaign.web.desk import db, now
from campaign.web.errors import an_open_case

pages = Blueprint("wanted", __name__)


@pages.get("/wanted/<int:id>-<int:target>-<int:epoch>")
@everyone
def wanted(id: int, target: int, epoch: int) -> str:
    case = cases.case(db(), id)
    known = actions.target(db(), target) if target else None
    if known is not None and known.action != case.action:
        raise NotFound
    in_force = actions.targets(db(), case.action)
    return render_template(
        "wanted/wanted.html",
        case=case,
        known=known,
        replaced_by=in_force[0].target if known and known.replaced_at and in_force else None,
        late=case.deadline_has_passed(now()),
        is_of_now=epoch == case.epoch,
        instead=an_open_case(but=case.id) if case.has_ended else None,
    )
