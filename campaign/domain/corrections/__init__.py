"""What people say of a reading: corrections field by field, and answers to its doubts."""

from campaign.domain.corrections.applying import corrected
from campaign.domain.corrections.correction import COUNTED, TRIED, Correction, CorrectionState, Field
from campaign.domain.corrections.sheet import Sheet, sheet_of

__all__ = ["COUNTED", "TRIED", "Correction", "CorrectionState", "Field", "Sheet", "corrected", "sheet_of"]
