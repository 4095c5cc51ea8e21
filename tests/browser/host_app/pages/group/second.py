"""The second page: a chart, a table and an image."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'

st.title("Second page")
st.plotly_chart(go.Figure(go.Bar(x=[3, 1, 2], y=["a", "b", "c"], orientation="h")))
st.dataframe(pd.DataFrame({"ward": ["a", "b"], "value": [1.5, 2.5]}), on_select="rerun")
st.bar_chart(pd.DataFrame({"value": [1, 2, 3]}))
st.image(SQUARE)
st.markdown("Words, $x^2$ and `code`.")
st.code("print('hello')", language="python")
