"""Who is looking: signed in through the council's own sign-in, or let in by the leads' key."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping

import streamlit as st

from data.access import AccessRules, Role, Visitor, read_access
from data.errors import AccessError
from pages.shared.page import show_note

STORE = "let_in_as_lead"
KEY_FIELD = "lead_key"
#: Wrong keys that all visitors together may try in a minute: a key cannot be guessed in a life.
MOST_TRIES, PER_SECONDS = 10, 60
ROLE_WORDS = {Role.VIEWER: "viewer", Role.ANALYST: "analyst", Role.LEAD: "lead"}


class _Tries:
    """Counts wrong keys of all visitors, since a new visit would be a new count otherwise."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: list[float] = []

    def take(self) -> bool:
        """Whether another key may be tried now; counts it."""
        moment = time.monotonic()
        with self._lock:
            self._times = [t for t in self._times if moment - t < PER_SECONDS]
            if len(self._times) >= MOST_TRIES:
                return False
            self._times.append(moment)
            return True


TRIES = _Tries()


def _secrets(table: str) -> Mapping[str, object]:
    try:
        found = st.secrets.get(table, {})
    except FileNotFoundError:  # there is no file of secrets: the usual case
        return {}
    return found if isinstance(found, Mapping) else {}


def access_rules() -> AccessRules:
    """The settings of the environment and the secrets.

    Raises:
        AccessError: one of them is wrong.
    """
    return read_access(os.environ, _secrets("access"))


def can_sign_in() -> bool:
    """Whether the council's own sign-in is set up (`[auth]` in Streamlit's secrets)."""
    return bool(_secrets("auth"))


def current_visitor() -> Visitor:
    """Who is looking; with wrong settings everybody is a viewer."""
    try:
        rules = access_rules()
    except AccessError:
        return Visitor()
    # The key may have been changed since: what was let in by the old one is out again.
    if rules.lead_key and st.session_state.get(STORE) == hash(rules.lead_key):
        return Visitor(Role.LEAD, "a lead (by key)")
    if can_sign_in() and st.user.is_logged_in:
        address, verified = st.user.get("email"), st.user.get("email_verified", True)
        return rules.visitor_of(str(address or ""), verified is not False)
    return Visitor()


def show_access(needed: Role, what: str) -> bool:
    """Whether the visitor may do `what`; if not, say what it takes and offer the way in.

    Args:
        needed: the least role that may.
        what: such as "keep an action plan for the council".
    """
    visitor = current_visitor()
    if visitor.may(needed):
        return True
    try:
        rules = access_rules()
    except AccessError as error:
        st.error(f"Nobody can {what} until a setting is put right: {error}")
        return False
    who = f"Only {'an' if needed == Role.ANALYST else 'a'} {ROLE_WORDS[needed]} can {what}."
    if rules.is_open:
        show_note(f"{who} This dashboard is open to read and has no sign-in set up; "
                  "README.md says how whoever runs it can set one up.")  # fmt: skip
        return False
    if visitor.name:
        show_note(f"{who} You are signed in as {visitor.name}, a {ROLE_WORDS[visitor.role]}.")
    else:
        show_note(who)
    _offer_ways_in(rules, bool(visitor.name))
    return False


def _offer_ways_in(rules: AccessRules, signed_in: bool) -> None:
    if can_sign_in() and not signed_in:
        st.button("Sign in", on_click=st.login, icon=":material/login:", key="sign_in")
    if rules.lead_key:
        with st.form("lead_key_form", border=False):
            st.text_input("Lead's key", type="password", key=KEY_FIELD, max_chars=200)
            st.form_submit_button("Continue as lead", on_click=_try_key)
        if problem := st.session_state.pop("lead_key_problem", ""):
            st.error(problem)


def _try_key() -> None:
    rules, given = access_rules(), st.session_state.get(KEY_FIELD, "")
    if not TRIES.take():
        st.session_state["lead_key_problem"] = "Too many keys were tried. Wait a minute."
    elif rules.opens(given):
        st.session_state[STORE] = hash(rules.lead_key)
    else:
        st.session_state["lead_key_problem"] = "That is not the key. Nothing was changed."


def leave() -> None:
    """Be a viewer again."""
    st.session_state.pop(STORE, None)
    if can_sign_in() and st.user.is_logged_in:
        st.logout()


def show_who() -> None:
    """Say who is signed in, with the way out; nothing where nobody is."""
    visitor = current_visitor()
    if not visitor.name:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        show_note(f"Signed in: {visitor.name} ({ROLE_WORDS[visitor.role]})")
        st.button("Sign out", on_click=leave, icon=":material/logout:", key="sign_out")
