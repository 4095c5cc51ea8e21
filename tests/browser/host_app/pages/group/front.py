"""The front page: a component with inline code, as the map is one."""

import streamlit as st

SCRIPT = """
export default function (component) {
    const { parentElement, data } = component
    const target = parentElement.querySelector("[data-painted]")
    fetch(data.url).then((answer) => answer.json()).then((shapes) => {
        target.textContent = `${shapes.areas.length} areas, value ${data.value}`
        target.dataset.painted = String(Number(target.dataset.painted) + 1)
    })
}
"""

drawing = st.components.v2.component(
    "host_test",
    html='<div data-testid="drawing" data-painted="0"></div>',
    css="[data-painted] {\n    font-weight: 600;\n}",
    js=SCRIPT,
)

st.title("Front page")
value = st.selectbox("Value", [1, 2, 3], key="value", bind="query-params")
drawing(data={"url": "app/static/areas.0123456789abcdef.json", "value": value})
st.download_button("Download", "a,b\n1,2\n", file_name="table.csv")
