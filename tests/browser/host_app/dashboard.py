"""A small app with everything the host must let through: pages, a component, charts, files."""

import streamlit as st

st.set_page_config(page_title="Host test")
st.navigation(
    [
        st.Page("pages/group/front.py", title="Front", default=True),
        st.Page("pages/group/second.py", title="Second", url_path="second"),
        st.Page("pages/group/broken.py", title="Broken", url_path="broken"),
    ],
    position="top",
).run()
