"""Where an admin's answer to a doubt, rather than a document's own words, says how a person stands."""

from campaign.domain.names import squeezed
from campaign.domain.urgent_action import CaseStatus, Reading, Settled, Verdict


def settled_in(reading: Reading, stand: CaseStatus) -> Settled | None:
    """The answer by which a person stands where they do; None where the words of the document do it."""
    names = {squeezed(name) for name in (stand.person.name, *stand.person.aliases)}
    said = next((one for one in reversed(reading.settled) if squeezed(one.person) in names), None)
    return said if said and said.verdict is stand.verdict is not Verdict.REVIEW else None
