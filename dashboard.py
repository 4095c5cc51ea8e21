"""The front door: page configuration and navigation, nothing else."""

import streamlit as st

from pages.shared.add_to_story import show_add_to_story
from pages.shared.page import complete_first_view

st.set_page_config(
    page_title="Ward needs dashboard",
    page_icon="static/icon.svg",
    layout="wide",
    initial_sidebar_state="collapsed",
)

navigation = st.navigation(
    {
        "Explore": [
            st.Page(
                "pages/explore/overview.py",
                title="Overview",
                icon=":material/home:",
                url_path="overview",
                default=True,
            ),
            st.Page(
                "pages/explore/ward_map.py",
                title="Ward map",
                icon=":material/map:",
                url_path="ward-map",
            ),
            st.Page(
                "pages/explore/ward_profile.py",
                title="Ward profile",
                icon=":material/assignment_ind:",
                url_path="ward-profile",
            ),
            st.Page(
                "pages/explore/compare.py",
                title="Compare",
                icon=":material/compare_arrows:",
                url_path="compare",
            ),
            st.Page(
                "pages/explore/wards_where.py",
                title="Wards where …",
                icon=":material/filter_alt:",
                url_path="wards-where",
            ),
            st.Page(
                "pages/explore/all_indicators.py",
                title="All indicators",
                icon=":material/grid_on:",
                url_path="all-indicators",
            ),
            st.Page(
                "pages/explore/hidden_pockets.py",
                title="Hidden pockets",
                icon=":material/search_insights:",
                url_path="hidden-pockets",
            ),
            st.Page(
                "pages/explore/custom_areas.py",
                title="Custom areas",
                icon=":material/draw:",
                url_path="custom-areas",
            ),
            st.Page(
                "pages/explore/your_data.py",
                title="Your data",
                icon=":material/upload_file:",
                url_path="your-data",
            ),
        ],
        "Present": [
            st.Page(
                "pages/present/action_areas.py",
                title="Action areas",
                icon=":material/flag:",
                url_path="action-areas",
            ),
            st.Page(
                "pages/present/story.py",
                title="Story",
                icon=":material/slideshow:",
                url_path="story",
            ),
            st.Page(
                "pages/present/workshop.py",
                title="Workshop",
                icon=":material/groups:",
                url_path="workshop",
            ),
            st.Page(
                "pages/present/assets.py",
                title="Community assets",
                icon=":material/handshake:",
                url_path="assets",
            ),
        ],
        "Scrutinise": [
            st.Page(
                "pages/scrutinise/actions.py",
                title="Actions and impact",
                icon=":material/checklist:",
                url_path="actions",
            ),
            st.Page(
                "pages/scrutinise/covid_recovery.py",
                title="Covid impact and recovery",
                icon=":material/monitor_heart:",
                url_path="covid-recovery",
            ),
            st.Page(
                "pages/scrutinise/impact_assessment.py",
                title="Covid impact assessment",
                icon=":material/fact_check:",
                url_path="impact-assessment",
            ),
            st.Page(
                "pages/scrutinise/report.py",
                title="Report",
                icon=":material/inventory_2:",
                url_path="report",
            ),
        ],
        "About": [
            st.Page(
                "pages/about/about_the_data.py",
                title="About the data",
                icon=":material/menu_book:",
                url_path="about-the-data",
            ),
        ],
    },
    position="top",
)
navigation.run()
complete_first_view()
show_add_to_story(navigation.url_path, navigation.title)
