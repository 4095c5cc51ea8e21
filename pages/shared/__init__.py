"""Parts that pages share: the selection in the address, the map, downloads, notes."""
