"""Parts that pages share: the selection in the address, the map, downloads, notes."""


def warm_up() -> None:
    """Read what many-indicator pages need; the server calls it beside its first requests."""
    from pages.shared import profile_data

    profile_data.warm_up()
