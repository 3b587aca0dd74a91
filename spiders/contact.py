"""The contact address in the user agent."""

from scrapy.settings import BaseSettings

from minebelief.contact import HOW_TO_SET, check_contact
from minebelief.errors import UsageError

from .report import tell_mistakes_in_one_line

__all__ = ["ContactAddon", "require_contact"]


class ContactAddon:
    """Puts ``MINEBELIEF_CONTACT``, from the settings or the environment, into the user agent."""

    def update_settings(self, settings: BaseSettings) -> None:
        tell_mistakes_in_one_line()
        contact = settings.get("MINEBELIEF_CONTACT")
        agent = settings["MINEBELIEF_USER_AGENT"].format(
            contact=check_contact(contact) if contact else "no contact given"
        )
        settings.set("USER_AGENT", agent, priority="addon")


def require_contact(settings: BaseSettings) -> None:
    """Refuse to crawl other people's sites anonymously."""
    if not settings.get("MINEBELIEF_CONTACT"):
        raise UsageError(HOW_TO_SET)
