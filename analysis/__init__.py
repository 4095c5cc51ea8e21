"""What the numbers mean: pure functions, table in, table or figure out."""
