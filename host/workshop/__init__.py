"""Workshops on phones: light pages of plain HTML that need neither an account nor a script."""
