"""What people see and do: one short file per task, in folders named like the navigation."""
