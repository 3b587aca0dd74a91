"""What strangers wrote, made safe to show: one line, and nothing that is obeyed or that nobody sees."""

import re

__all__ = ["sanitise"]

# Escape sequences as a whole, whose harmless rest would look like text; then single characters: controls,
# directions that turn text around, and what nobody sees. Joiners stay, since scripts and emoji need them. The
# controls from 80 to 9f can begin a sequence too, but in reviews they mostly are misread quotation marks.
_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"
    r"|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)"
    r"|\x1b[ -/]*[0-~]"
)
_BLANK = re.compile(r"[\s\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)


def sanitise(text: str) -> str:
    r"""Text on one line, without anything that a terminal obeys or a reader cannot see.

    >>> sanitise("on hold\x1b[2J for\n40 \u202eminutes")
    'on hold for 40 minutes'
    """
    return _UNSEEN.sub("", _BLANK.sub(" ", _SEQUENCE.sub("", text))).strip()
