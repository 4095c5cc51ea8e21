"""A page that fails."""

import streamlit as st

st.title("Broken page")
raise ValueError("the reason, which nobody may see")
