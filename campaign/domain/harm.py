"""Words that turn a letter into something else: links, addresses of others, threats, insults. By language, on folded text."""

import re

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# "…in prison.me" may be a blank that is missing: only the plainest endings make a link without a path behind them.
_PLAIN = "com|org|net|info|biz|xyz|example"
_OTHER = "io|ly|top|site|online|link|click|app|dev|tv|co|ru|cn|gg|me|to|eu|uk|de|fr|es"
LINK = re.compile(
    rf"(?:\b(?:https?|ftp)://|\bwww\.)\S+|(?<![\w@.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:(?:{_PLAIN})(?:/\S*|(?!\w|\.\w))|(?:{_OTHER})/\S*)"
)
PHONE = re.compile(r"(?<!\w)(?:\+|00)\d[\d\s().-]{6,}\d")

_THREATS: dict[str, tuple[str, ...]] = {
    "en": (
        r"(?:i|we)(?: will|'ll| shall| am going to| are going to) (?:kill|hurt|find|shoot|bomb|burn|destroy|punish|hunt|murder|behead|hang|get) (?:you|him|her|them|your)",
        r"you (?:will|'ll|shall|are going to) (?:die|pay for|burn|be killed|be shot|be sorry|regret)",
        r"(?<!sentenced to )(?<!of )(?<!put to )death to (?:you|the|all|your)",
        r"(?:watch|mind) your back", r"we know where you live", r"your (?:family|children|house) will (?:suffer|burn|pay|die)",
    ),
    "fr": (
        r"(?:je|nous|on) (?:vais|allons|va) (?:vous |te |le |la |les )(?:tuer|retrouver|detruire|bruler|abattre|punir|pendre)",
        r"(?:je|nous|on) (?:vous|te) (?:tuerai|tuerons|tuera|retrouverai|retrouverons|retrouvera|detruirai|detruirons)",
        r"vous allez (?:mourir|payer|le regretter|bruler)", r"(?<!condamne )(?<!condamnee )(?<!mise )mort (?:a vous|aux tyrans|au regime|a ce regime)", r"nous savons ou vous (?:habitez|vivez)",
    ),
    "es": (
        r"(?:te|lo|la|los|las|le|les) (?:voy|vamos|va) a (?:matar|encontrar|quemar|destruir|castigar|fusilar)",
        r"(?:usted|ustedes|tu|vas|va|van) (?:va |van |vas )?a (?:morir|pagarlo|pagar|arder|arrepentirse)", r"(?<!pena de )muerte a (?:usted|ustedes|los tiranos|el regimen|todos)", r"sabemos donde (?:vive|viven|vives)",
    ),
    "ar": (r"سوف (?:نقتل|اقتل|تموت|ندمر|احرق)\w*", r"ساقتل\w*", r"سنقتل\w*", r"الموت ل\w+"),
}  # fmt: skip
_INSULTS: dict[str, str] = {
    "en": r"idiots?|bastards?|scum|swine|filthy?|murderers?|butchers?|monsters?|dictators?|tyrants?|stupid|shameless|liars?|cowards?|criminals|thugs?|fuck\w*|shit\w*|shame on you|damn you|go to hell",
    "fr": r"imbeciles?|salauds?|salopards?|ordures?|assassins?|bourreaux?|tyrans?|dictateurs?|stupides?|menteurs?|menteuses?|laches|criminels|connards?|merde|honte a vous|allez au diable|pourris?",
    "es": r"imbecil(?:es)?|cabron(?:es)?|asesin[oa]s?|tiranos?|dictador(?:es)?|estupid[oa]s?|mentiros[oa]s?|cobardes?|criminales|basura|mierda|hij[oa]s? de puta|verguenza deberia\w*|canallas?|verdugos?",
    "ar": r"كلب|كلاب|حقير\w*|قاتل|قتلة|مجرم|مجرمون|طاغية|جبان|كاذب|خنزير",
}
THREATS = re.compile(rf"(?<!\w)(?:{'|'.join(row for rows in _THREATS.values() for row in rows)})(?!\w)")
INSULTS = re.compile(rf"(?<!\w)(?:{'|'.join(_INSULTS.values())})(?!\w)")
