"""People's decisions about themes, carried out: every run replays them all on the themes as they are."""

from collections.abc import Callable, Sequence

from minebelief.decisions import Decision
from minebelief.mining.known import Known, Statement
from minebelief.mining.lineage import Event, take_in

__all__ = ["carry_out"]

_FLAGS = {"hide": ("hidden", True), "show": ("hidden", False), "pin": ("pinned", True), "unpin": ("pinned", False)}
_EVENTS = {
    "rename": "renamed",
    "merge": "merged",
    "split": "split",
    "hide": "hidden",
    "show": "shown",
    "pin": "pinned",
    "unpin": "unpinned",
}


def carry_out(
    decisions: Sequence[Decision],
    themes: dict[str, Known],
    known: Sequence[Event],
    sentences: Callable[[str], tuple[str, str] | None],
    new_id: Callable[[str], str],
    warn: Callable[[str], None],
) -> list[Event]:
    """Bring themes in line with what was decided.

    Args:
        decisions: all of them, oldest first.
        themes: all themes by id; they are changed. A theme that was split off has no sentences yet.
        known: the events so far, which tell what was carried out before.
        sentences: text and masked text of a sentence, None where it is gone.
        new_id: an unused id for a kind.
        warn: told about what cannot be carried out.

    Returns:
        What is carried out for the first time.
    """
    done = {(one.event, one.theme, one.who, one.at): one for one in known if one.who is not None}
    for every in themes.values():
        every.name, every.hidden, every.pinned = None, False, False
    events = []
    for decision in decisions:
        theme = themes.get(decision.theme)
        if theme is None:
            warn(f"decided on {decision.at}: {decision.action} {decision.theme}, and there is no such theme")
            continue
        key = (_EVENTS[decision.action], decision.theme, decision.who, decision.decided_at)
        first = key not in done
        other = None
        if decision.action == "rename":
            theme.name = decision.value or None
        elif decision.action in _FLAGS:
            name, value = _FLAGS[decision.action]
            setattr(theme, name, value)
        elif decision.action == "merge":
            other = decision.value
            if other not in themes or other == theme.theme_id:
                warn(f"decided on {decision.at}: merge {decision.theme} into {other}, and there is no such theme")
                continue
            into = _end_of(themes, other)
            if theme.is_itself and into is not theme:
                take_in(into, theme)
        elif first:
            if (found := sentences(decision.value)) is None:
                warn(f"decided on {decision.at}: split {decision.theme}, and the sentence is gone that was to speak")
                continue
            other = new_id(theme.kind)
            text, masked = found
            themes[other] = Known(other, theme.kind, text, [Statement(decision.value, masked)], pinned=True)
        else:
            other = done[key].other
        if decision.action == "split" and other in themes:
            themes[other].pinned = themes[decision.theme].pinned = True  # what a person took apart stays apart
        if first:
            note = decision.value if decision.action == "rename" else None
            events.append(
                Event(key[0], decision.theme, other, who=decision.who, at=decision.decided_at, note=note or None)
            )
    return events


def _end_of(themes: dict[str, Known], name: str) -> Known:
    """The theme that this one is now, merged or not."""
    theme = themes[name]
    while theme.merged_into is not None and theme.merged_into in themes:
        theme = themes[theme.merged_into]
    return theme
