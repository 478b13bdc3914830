"""Languages a letter may be written in: what they are called in the languages of the documents."""

import re

from campaign.domain.folding import fold

_NAMES: dict[str, str] = {
    "Afrikaans": "afrikaans",
    "Albanian": "albanes albanais",
    "Amharic": "amarico amharique",
    "Arabic": "arabe",
    "Armenian": "armenio armenien",
    "Azerbaijani": "azeri azerbaiyano azerbaidjanais",
    "Belarusian": "bielorruso belarus bielorusse belarussien byelorussian",
    "Bengali": "bengali bangla",
    "Bosnian": "bosnio bosniaque",
    "Bulgarian": "bulgaro bulgare",
    "Burmese": "birmano birman",
    "Cantonese": "cantones cantonais",
    "Catalan": "catalan",
    "Chinese": "chino chinois mandarin",
    "Croatian": "croata croate",
    "Czech": "checo tcheque",
    "Danish": "danes danois",
    "Dari": "dari",
    "Dutch": "neerlandes holandes neerlandais",
    "English": "ingles anglais englisch",
    "Estonian": "estonio estonien",
    "Filipino": "filipino tagalog",
    "Finnish": "fines finnois",
    "French": "frances francais franzosisch",
    "Georgian": "georgiano georgien",
    "German": "aleman allemand deutsch",
    "Greek": "griego grec",
    "Haitian Creole": "creole criollo",
    "Hebrew": "hebreo hebreu",
    "Hindi": "hindi",
    "Hungarian": "hungaro hongrois",
    "Indonesian": "indonesio indonesien bahasa",
    "Italian": "italiano italien",
    "Japanese": "japones japonais",
    "Kazakh": "kazajo kazakh",
    "Khmer": "jemer khmer cambodian",
    "Kinyarwanda": "kinyarwanda",
    "Kirundi": "kirundi",
    "Korean": "coreano coreen",
    "Kurdish": "kurdo kurde",
    "Kyrgyz": "kirguis kirghiz kirghize",
    "Lao": "lao laosiano laotien",
    "Macedonian": "macedonio macedonien",
    "Malay": "malayo malais malaysian",
    "Mongolian": "mongol",
    "Nepali": "nepali nepalais",
    "Norwegian": "noruego norvegien",
    "Pashto": "pastun pashto pachto",
    "Persian": "persa persan farsi",
    "Polish": "polaco polonais",
    "Portuguese": "portugues portugais",
    "Punjabi": "punjabi pendjabi",
    "Romanian": "rumano roumain",
    "Russian": "ruso russe russisch",
    "Serbian": "serbio serbe",
    "Sinhala": "cingales cinghalais sinhalese",
    "Slovak": "eslovaco slovaque",
    "Slovenian": "esloveno slovene",
    "Somali": "somali",
    "Spanish": "espanol espagnol castellano spanisch",
    "Swahili": "suajili swahili kiswahili",
    "Swedish": "sueco suedois",
    "Tajik": "tayiko tadjik",
    "Tamil": "tamil tamoul",
    "Thai": "tailandes thai",
    "Tibetan": "tibetano tibetain",
    "Tigrinya": "tigrina tigrigna",
    "Turkish": "turco turc turkisch",
    "Turkmen": "turcomano turkmene",
    "Ukrainian": "ucraniano ukrainien",
    "Urdu": "urdu ourdou",
    "Uyghur": "uigur ouighour uighur",
    "Uzbek": "uzbeko ouzbek",
    "Vietnamese": "vietnamita vietnamien",
}
_ENGLISH = {word: name for name, others in _NAMES.items() for word in (fold(name), *others.split())}
_WORD = re.compile(r"haitian creole|[^\W\d_]+")


def languages_named(text: str) -> tuple[str, ...]:
    """The English names of the languages that `text` names, in its order, each once."""
    found = (_ENGLISH.get(word) for word in _WORD.findall(fold(text)))
    return tuple(dict.fromkeys(name for name in found if name))


def is_language(word: str) -> bool:
    """Whether `word` is the name of a language."""
    return fold(word.strip()) in _ENGLISH
