"""Sources that can be fetched from their publisher: one module each, named after its source.

Each module has `FILE`, the raw file it makes, and one function:

    fetch(download: Download) -> None

It writes the raw file as received into `download`, which keeps what has arrived, so that a
download that breaks goes on from there; `data.refresh` checks the whole file with the reader
of the source before it takes the place of an earlier one.
"""
