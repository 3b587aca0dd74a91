"""The address at which the owner of a crawled site reaches whoever runs the crawl."""

import re

from scrapy.settings import BaseSettings

from minebelief.errors import UsageError

__all__ = ["ContactAddon", "require_contact"]

_CONTACT = re.compile(r"[^\s()<>;,@]+@[^\s()<>;,@]+\.[^\s()<>;,@]+|https?://[^\s()<>;,]+")


class ContactAddon:
    """Puts ``MINEBELIEF_CONTACT``, from the settings or the environment, into the user agent."""

    def update_settings(self, settings: BaseSettings) -> None:
        contact = settings.get("MINEBELIEF_CONTACT")
        if contact and not _CONTACT.fullmatch(contact):
            raise UsageError(f"contact {contact!r} is neither an e-mail address nor a web address")
        agent = settings["MINEBELIEF_USER_AGENT"].format(contact=contact or "no contact given")
        settings.set("USER_AGENT", agent, priority="addon")


def require_contact(settings: BaseSettings) -> None:
    """Refuse to crawl other people's sites anonymously."""
    if not settings.get("MINEBELIEF_CONTACT"):
        raise UsageError(
            "crawling other people's sites needs an address at which they can reach you; "
            "set it with: export MINEBELIEF_CONTACT=you@example.org"
        )
