"""What is known: catalogue, tables, boundaries, and the way from a raw source to a tidy table."""
