"""The countries behind the two figures of an index number: `EUR 70/1711/2020` is a paper on Serbia."""

from campaign.domain.order import index_parts

COUNTRIES_BY_CODE: dict[str, dict[int, str]] = {
    "AFR": {
        12: "Angola", 14: "Benin", 15: "Botswana", 16: "Burundi", 17: "Cameroon", 19: "Central African Republic", 20: "Chad", 24: "Equatorial Guinea", 25: "Ethiopia", 26: "Gabon",
        27: "Gambia", 28: "Ghana", 29: "Guinea", 30: "Guinea-Bissau", 32: "Kenya", 33: "Lesotho", 34: "Liberia", 35: "Madagascar", 36: "Malawi", 37: "Mali", 38: "Mauritania",
        41: "Mozambique", 42: "Namibia", 43: "Niger", 44: "Nigeria", 46: "Zimbabwe", 47: "Rwanda", 49: "Senegal", 51: "Sierra Leone", 52: "Somalia", 53: "South Africa", 54: "Sudan",
        55: "Eswatini", 56: "Tanzania", 57: "Togo", 59: "Uganda", 60: "Burkina Faso", 62: "Democratic Republic of the Congo", 63: "Zambia", 64: "Eritrea", 65: "South Sudan",
    },
    "AMR": {
        13: "Argentina", 18: "Bolivia", 19: "Brazil", 20: "Canada", 22: "Chile", 23: "Colombia", 25: "Cuba", 27: "Dominican Republic", 28: "Ecuador", 29: "El Salvador", 34: "Guatemala",
        35: "Guyana", 36: "Haiti", 37: "Honduras", 38: "Jamaica", 41: "Mexico", 43: "Nicaragua", 44: "Panama", 45: "Paraguay", 46: "Peru", 51: "USA", 52: "Uruguay", 53: "Venezuela",
    },
    "ASA": {
        11: "Afghanistan", 12: "Australia", 13: "Bangladesh", 14: "Bhutan", 16: "Myanmar", 17: "China", 18: "Fiji", 20: "India", 21: "Indonesia", 22: "Japan", 23: "Cambodia",
        24: "North Korea", 25: "South Korea", 26: "Laos", 28: "Malaysia", 29: "Maldives", 30: "Mongolia", 31: "Nepal", 33: "Pakistan", 34: "Papua New Guinea", 35: "Philippines",
        36: "Singapore", 37: "Sri Lanka", 38: "Taiwan", 39: "Thailand", 41: "Viet Nam", 57: "Timor-Leste",
    },
    "EUR": {
        11: "Albania", 15: "Bulgaria", 21: "France", 23: "Germany", 25: "Greece", 27: "Hungary", 30: "Italy", 37: "Poland", 39: "Romania", 41: "Spain", 44: "Turkey",
        45: "United Kingdom", 46: "Russia", 49: "Belarus", 50: "Ukraine", 54: "Armenia", 55: "Azerbaijan", 56: "Georgia", 57: "Kazakhstan", 58: "Kyrgyzstan", 59: "Moldova",
        60: "Tajikistan", 61: "Turkmenistan", 62: "Uzbekistan", 63: "Bosnia and Herzegovina", 64: "Croatia", 65: "North Macedonia", 70: "Serbia",
    },
    "MDE": {
        11: "Bahrain", 12: "Egypt", 13: "Iran", 14: "Iraq", 15: "Israel", 16: "Jordan", 17: "Kuwait", 18: "Lebanon", 19: "Libya", 20: "Oman", 21: "Palestine", 22: "Qatar",
        23: "Saudi Arabia", 24: "Syria", 25: "United Arab Emirates", 28: "Algeria", 29: "Morocco", 30: "Tunisia", 31: "Yemen",
    },
}  # fmt: skip


def country_of_index(index: str) -> str | None:
    """The country that an index number belongs to, or None where it is not known."""
    key = index_parts(index)
    return COUNTRIES_BY_CODE.get(key[0], {}).get(key[1]) if key else None
