"""Languages a letter may be written in: what they are called in the languages of the documents."""

import re

from campaign.domain.folding import fold

_NAMES: dict[str, str] = {
    "Afrikaans": "afrikaans",
    "Albanian": "albanes albanais",
    "Amharic": "amarico amharique",
    "Arabic": "arabe",
    "Armenian": "armenio armenien",
    "Assamese": "asames assamais",
    "Aymara": "aimara",
    "Azerbaijani": "azeri azerbaiyano azerbaidjanais",
    "Balochi": "baluchi baloutche",
    "Bambara": "bambara",
    "Basque": "vasco euskera",
    "Belarusian": "bielorruso belarus bielorusse belarussien byelorussian",
    "Bemba": "bemba",
    "Bangla": "bangla",
    "Bengali": "bengali",
    "Bosnian": "bosnio bosniaque",
    "Bulgarian": "bulgaro bulgare",
    "Burmese": "birmano birman",
    "Cantonese": "cantones cantonais",
    "Catalan": "catalan",
    "Chechen": "checheno tchetchene",
    "Chichewa": "chichewa nyanja",
    "Chinese": "chino chinois",
    "Croatian": "croata croate",
    "Czech": "checo tcheque",
    "Danish": "danes danois",
    "Dari": "dari",
    "Divehi": "dhivehi",
    "Dutch": "neerlandes holandes neerlandais",
    "Dzongkha": "dzongkha",
    "English": "ingles anglais englisch",
    "Estonian": "estonio estonien",
    "Ewe": "ewe",
    "Filipino": "filipino",
    "Tagalog": "tagalog",
    "Farsi": "farsi",
    "Finnish": "fines finnois",
    "French": "frances francais franzosisch",
    "Fula": "fulani peul pulaar fulfulde",
    "Galician": "gallego galicien",
    "Georgian": "georgiano georgien",
    "German": "aleman allemand deutsch",
    "Greek": "griego grec",
    "Guarani": "guarani",
    "Gujarati": "gujarati",
    "Haitian Creole": "creole criollo",
    "Hausa": "hausa haoussa",
    "Hebrew": "hebreo hebreu",
    "Hindi": "hindi",
    "Hungarian": "hungaro hongrois",
    "Icelandic": "islandes islandais",
    "Igbo": "igbo",
    "Indonesian": "indonesio indonesien bahasa",
    "Irish": "irlandes irlandais",
    "Italian": "italiano italien",
    "Japanese": "japones japonais",
    "Javanese": "javanes javanais",
    "Kannada": "kannada",
    "Karen": "karen",
    "Kazakh": "kazajo kazakh",
    "Khmer": "jemer khmer cambodian",
    "Kikuyu": "kikuyu",
    "Kinyarwanda": "kinyarwanda",
    "Kirundi": "kirundi",
    "Korean": "coreano coreen",
    "Kurdish": "kurdo kurde",
    "Kyrgyz": "kirguis kirghiz kirghize",
    "Lao": "lao laosiano laotien",
    "Latvian": "leton letton",
    "Lingala": "lingala",
    "Lithuanian": "lituano lituanien",
    "Luganda": "luganda",
    "Macedonian": "macedonio macedonien",
    "Malagasy": "malgache",
    "Malay": "malayo malais malaysian",
    "Malayalam": "malayalam",
    "Maltese": "maltes maltais",
    "Mandarin": "mandarin",
    "Marathi": "marathi",
    "Mongolian": "mongol",
    "Montenegrin": "montenegrino montenegrin",
    "Ndebele": "ndebele",
    "Nepali": "nepali nepalais",
    "Norwegian": "noruego norvegien",
    "Oromo": "oromo",
    "Pashto": "pastun pashto pachto",
    "Persian": "persa persan",
    "Polish": "polaco polonais",
    "Portuguese": "portugues portugais",
    "Punjabi": "punjabi pendjabi",
    "Quechua": "quechua",
    "Romanian": "rumano roumain",
    "Russian": "ruso russe russisch",
    "Sango": "sango",
    "Serbian": "serbio serbe",
    "Setswana": "setswana tswana",
    "Shan": "shan",
    "Shona": "shona",
    "Sindhi": "sindhi",
    "Sinhala": "cingales cinghalais sinhalese",
    "Slovak": "eslovaco slovaque",
    "Slovenian": "esloveno slovene",
    "Somali": "somali",
    "Sotho": "sesotho sotho",
    "Spanish": "espanol espagnol castellano spanisch",
    "Swahili": "suajili swahili kiswahili",
    "Swedish": "sueco suedois",
    "Tajik": "tayiko tadjik",
    "Tamil": "tamil tamoul",
    "Tatar": "tartaro tatare",
    "Telugu": "telugu",
    "Tetum": "tetum",
    "Thai": "tailandes thai",
    "Tibetan": "tibetano tibetain",
    "Tigrinya": "tigrina tigrigna",
    "Turkish": "turco turc turkisch",
    "Turkmen": "turcomano turkmene",
    "Twi": "twi",
    "Ukrainian": "ucraniano ukrainien",
    "Urdu": "urdu ourdou",
    "Uyghur": "uigur ouighour uighur",
    "Uzbek": "uzbeko ouzbek",
    "Vietnamese": "vietnamita vietnamien",
    "Wolof": "wolof",
    "Xhosa": "xhosa",
    "Yoruba": "yoruba",
    "Zulu": "zulu zoulou",
}
_ENGLISH = {word: name for name, others in _NAMES.items() for word in (fold(name), *others.split())}
_WORD = re.compile(r"haitian creole|[^\W\d_]+")


def languages_named(text: str) -> tuple[str, ...]:
    """The English names of the languages that `text` names, in its order, each once."""
    found = (_ENGLISH.get(word) for word in _WORD.findall(fold(text)))
    return tuple(dict.fromkeys(name for name in found if name))


_PIECE = re.compile(r"[,;/&]|\b(?:and|or|y|e|o|et|ou|und|oder)\b")
_PROPER = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]{2,}(?: [A-ZÀ-ÖØ-Þ][^\W\d_]{2,})?")
_NO_LANGUAGE = frozenset(
    {
        "english",
        "you",
        "your",
        "please",
        "own",
        "language",
        "languages",
        "the",
        "amnesty",
        "none",
        "any",
        "vous",
        "usted",
        "write",
    }
)


def languages_listed(text: str) -> tuple[str, ...]:
    """Like `languages_named` for a list of languages: one that we do not know stays as it is printed."""
    found: list[str] = []
    for piece in _PIECE.split(text):
        known = languages_named(piece)
        bare = piece.strip(" .:\n\t")
        if known:
            found += known
        elif _PROPER.fullmatch(bare) and not bare.isupper() and fold(bare.split()[0]) not in _NO_LANGUAGE:
            found.append(bare)
    return tuple(dict.fromkeys(found))
