"""Small pages with reviews in them, made by hand."""

import json


def page(*scripts, body="", lang="en"):
    tags = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return f"<html lang={lang!r}><head>{tags}</head><body>{body}</body></html>"


def ld(value):
    return page(json.dumps(value))


def review(text="They never called me back.", **more):
    return {
        "@type": "Review",
        "reviewBody": text,
        "author": {"@type": "Person", "name": "Ann B."},
        "datePublished": "2024-05-06",
        "reviewRating": {"@type": "Rating", "ratingValue": "2"},
        **more,
    }
