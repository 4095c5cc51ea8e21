"""What people enter and want kept: one database, SQLite by default, PostgreSQL by `DATABASE_URL`.

One module per subject defines its tables and the functions that read and write them; columns
change only through `migrations/`. Nothing here is needed to look at the open data.
"""
