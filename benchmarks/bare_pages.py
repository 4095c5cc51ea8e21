"""The floor of a change of page: a Streamlit app of two pages with one list and one text each."""

import streamlit as st


def show(name: str) -> None:
    """Show one of the two pages."""
    choice = st.selectbox("Value", [f"choice {number}" for number in range(60)], key=name)
    st.html(f'<p class="{name}">Page {name}: you chose {choice}</p>')


def show_first() -> None:
    """The page that opens first."""
    show("first")


def show_second() -> None:
    """The other page."""
    show("second")


pages = [
    st.Page(show_first, title="First", url_path="first", default=True),
    st.Page(show_second, title="Second", url_path="second"),
]
st.navigation(pages, position="top").run()
