"""Steam's own names of languages."""

__all__ = ["LANGUAGES"]

LANGUAGES = {
    "arabic": "ar",
    "bulgarian": "bg",
    "schinese": "zh",
    "tchinese": "zh",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hungarian": "hu",
    "indonesian": "id",
    "italian": "it",
    "japanese": "ja",
    "koreana": "ko",
    "norwegian": "no",
    "polish": "pl",
    "portuguese": "pt",
    "brazilian": "pt",
    "romanian": "ro",
    "russian": "ru",
    "spanish": "es",
    "latam": "es",
    "swedish": "sv",
    "thai": "th",
    "turkish": "tr",
    "ukrainian": "uk",
    "vietnamese": "vi",
}
"""Each with its code."""
