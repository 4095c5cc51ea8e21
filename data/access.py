"""Who may do what: three roles, and the settings that give them.

Everybody may look (viewer). An analyst may keep a council's own figures, a lead may also keep
action plans and hold workshops. Roles come from the addresses of people who sign in
(OpenID Connect), or from a key that whoever runs the dashboard gives to its leads. Without
settings the dashboard is open to read and keeps nothing that visitors bring.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from data.errors import AccessError

SHORTEST_KEY = 12
_ADDRESS = re.compile(r"(?:[^@\s,;]+)?@[^@\s,;]+\.[^@\s,;]+")


class Role(IntEnum):
    """What a visitor may do; each role may do all that the ones before it may."""

    VIEWER = 0
    ANALYST = 1
    LEAD = 2


@dataclass(frozen=True)
class Visitor:
    """Who is there: their role and, for the audit list, how they are known ("" for a viewer)."""

    role: Role = Role.VIEWER
    name: str = ""

    def may(self, role: Role) -> bool:
        """Whether they may do what `role` may."""
        return self.role >= role


@dataclass(frozen=True)
class AccessRules:
    """The settings: addresses or `@domain` of leads and analysts, and the leads' key."""

    leads: tuple[str, ...] = ()
    analysts: tuple[str, ...] = ()
    lead_key: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody can be more than a viewer: the dashboard is open to read only."""
        return not (self.leads or self.analysts or self.lead_key)

    def visitor_of(self, address: str, verified: bool) -> Visitor:
        """The visitor signed in with an email address; one not verified stays a viewer."""
        address = address.strip().casefold()
        if not address or not verified:
            return Visitor()
        domain = "@" + address.rpartition("@")[2]
        for role, known in ((Role.LEAD, self.leads), (Role.ANALYST, self.analysts)):
            if address in known or domain in known:
                return Visitor(role, address)
        return Visitor(Role.VIEWER, address)

    def opens(self, key: str) -> bool:
        """Whether a key is the leads' key; takes as long for a wrong one as for the right one."""
        if not self.lead_key:
            return False
        given, right = (
            hashlib.sha256(k.strip().encode(errors="replace")).digest()
            for k in (key, self.lead_key)
        )
        return hmac.compare_digest(given, right)


def read_access(environment: Mapping[str, str], secrets: Mapping[str, object]) -> AccessRules:
    """Read the settings: LEADS, ANALYSTS and LEAD_KEY of the environment, else `[access]`.

    Args:
        environment: such as `os.environ`; several addresses have commas between them.
        secrets: the table `[access]` of Streamlit's secrets: `leads`, `analysts` (lists) and
            `lead_key`.

    Raises:
        AccessError: an address is none, or the key is too short to be safe.
    """
    leads, analysts = (
        _read_addresses(name, environment.get(name.upper()) or secrets.get(name) or "")
        for name in ("leads", "analysts")
    )
    key = str(environment.get("LEAD_KEY") or secrets.get("lead_key") or "").strip()
    if key and len(key) < SHORTEST_KEY:
        raise AccessError(
            f"LEAD_KEY has {len(key)} letters; give it at least {SHORTEST_KEY}, such as three "
            "words that do not belong together."
        )
    return AccessRules(leads, analysts, key)


def _read_addresses(name: str, value: object) -> tuple[str, ...]:
    listed: Sequence[object]
    if isinstance(value, str):
        listed = [part for part in re.split(r"[,;\s]+", value) if part]
    elif isinstance(value, Sequence):
        listed = value
    else:
        raise AccessError(f"{name.upper()} is {value!r}; write email addresses in a list.")
    found = tuple(str(one).strip().casefold() for one in listed)
    for one in found:
        if not _ADDRESS.fullmatch(one):
            raise AccessError(
                f"{name.upper()} names {one!r}, which is neither an email address nor @domain."
            )
    return found
