"""The outputs of one action one after the other, as the series has them."""

from collections.abc import Iterable

from campaign.domain.order import in_series
from campaign.domain.status import same_paper
from campaign.domain.urgent_action import Output


def in_series_order(outputs: Iterable[Output]) -> list[Output]:
    """The outputs in their order in the series, whatever the order of their arrival; the newest is the last."""
    return [output for group in in_series(list(outputs), same_paper) for output in group]
