"""Accessibility: the statement that public bodies have to publish."""

import os

import streamlit as st

from pages.shared.page import begin_page, panel
from pages.shared.selection import current_selection, show_link_problems, write_address
from pages.shared.statement import read_statement

current_selection()
begin_page()
show_link_problems()
with panel("the accessibility statement"):
    title, text = read_statement(os.environ)
    st.title(title, anchor=False)
    with st.container(width=720, key="statement"):
        st.markdown(text)
write_address()
