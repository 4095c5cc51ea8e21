"""Speed and memory, measured beside a trivial Streamlit app on the same host."""
