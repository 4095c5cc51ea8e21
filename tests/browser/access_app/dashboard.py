"""A small app with something that only leads may do."""

import streamlit as st

from data.access import Role
from pages.shared.access import show_access, show_who

st.title("Plans")
show_who()
if show_access(Role.LEAD, "keep a plan"):
    st.write("Here a lead keeps plans.")
