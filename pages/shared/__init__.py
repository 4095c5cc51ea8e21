"""Parts that pages share: the selection in the address, the map, downloads, notes."""


def warm_up() -> None:
    """Read what many pages need; the server calls it beside its first requests."""
    from pages.shared import profile_data
    from pages.shared.hot_spots import bring_libraries_later

    profile_data.warm_up()
    bring_libraries_later()
