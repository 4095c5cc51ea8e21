"""Parts that pages share: the selection in the address, the map, downloads, notes."""


def warm_up() -> None:
    """What the server calls as it starts, so that visitors do not wait for it later."""
    from pages.shared.hot_spots import bring_libraries_later

    bring_libraries_later()
