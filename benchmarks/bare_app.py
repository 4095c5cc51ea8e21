"""The floor: one selectbox and one text, which is the least a Streamlit app can do."""

import streamlit as st

choice = st.selectbox("Value", [f"choice {number}" for number in range(60)])
st.text(f"You chose {choice}")
