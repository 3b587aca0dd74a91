"""Where the APIs lie, and made-up records as each of them gives them, of any number."""

STORE, WEB = "store.steampowered.com", "api.steampowered.com"
CFPB, APPLE, ADDONS, FORUM = "www.consumerfinance.gov", "itunes.apple.com", "addons.mozilla.org", "forum.acme.example"
SEARCH = "/data-research/consumer-complaints/search/api/v1/"


def players(count):
    return [
        {
            "recommendationid": str(9_000_000 + number),
            "author": {"steamid": str(76_561_190_000_000_000 + number)},
            "language": "english",
            "review": f"[b]Crashed[/b] {number} times today, and no word from the studio.",
            "timestamp_created": 1_700_000_000 - 3600 * number,
            "voted_up": number % 3 == 0,
            **({"developer_response": "We are on it."} if number == 1 else {}),
        }
        for number in range(count)
    ]


def complaints(count, company="ACME AUTO FINANCE, INC."):
    return [
        {
            "_id": str(8_000_000 - number),
            "sort": [1_700_000_000_000 - number, str(8_000_000 - number)],
            "_source": {
                "complaint_id": str(8_000_000 - number),
                "company": company if number % 2 else "OTHER LENDER LLC",
                "complaint_what_happened": f"On XX/XX/XXXX they charged me {{${number + 10}.00}} for payment {number}.",
                "date_received": "2024-09-03T12:00:00-05:00",
            },
        }
        for number in range(count)
    ]


def app_reviews(count):
    return [
        {
            "id": {"label": str(7_000_000 + number)},
            "im:rating": {"label": str(1 + number % 5)},
            "title": {"label": f"Number {number}"},
            "content": {"label": f"The app lost order {number} and nobody answers."},
            "author": {"name": {"label": f"buyer{number}"}, "uri": {"label": ""}},
            "updated": {"label": "2024-03-18T15:57:22-07:00"},
        }
        for number in range(count)
    ]


def post(number, **more):
    return {
        "id": 100 + number,
        "username": f"member{number}",
        "post_number": number,
        "post_type": 1,
        "cooked": f"<p>My order {number} never came.</p>",
        "created_at": "2025-06-01T10:00:00.000Z",
        "topic_id": 7,
        "topic_slug": "orders",
        **more,
    }
