"""What a restore loses and keeps, in words, for the command and the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

SESSIONS = "Every session ends; what sessions are signed with is new."
_NAMED = 20  # of the lost acts; the history's CSV has them all

_SAYS = (
    ("public again", "Public again, though taken back since the backup: release {}"),
    ("purged", "Stay purged: {}"),
    ("held", "Stay, for a hold is on them: {}"),
    ("disabled", "Accounts that stay disabled: {}"),
    ("kept", "Accounts that keep the password and roles they have now: {}"),
    ("gone", "Accounts that the backup does not know, and that are gone: {}"),
)


def lines(detail: Mapping[str, Any]) -> Iterator[str]:
    """The detail that the history keeps of a restore, line by line."""
    acts = detail.get("acts", ())
    if not acts:
        yield "Nothing was done since the backup that it does not hold"
    else:
        many = "act" if len(acts) == 1 else "acts"
        yield f"Lost: {len(acts)} {many} that the backup does not hold"
        yield from (f"  {_act(act)}" for act in acts[:_NAMED])
        if len(acts) > _NAMED:
            yield f"  and {len(acts) - _NAMED} more; the history names all of them"
    for name, says in _SAYS:
        if found := detail.get(name):
            yield says.format(", ".join(map(str, found)))


def _act(act: Mapping[str, Any]) -> str:
    release = f" of release {act['release']}" if act.get("release") else ""
    title = (act.get("detail") or {}).get("title") or (act.get("detail") or {}).get("account", "")
    reason = act.get("reason", "")
    more = "; ".join(text for text in (title, reason) if text)
    return f"{act['at']}  {act['who']}  {act['what']}{release}{': ' if more else ''}{more}"
