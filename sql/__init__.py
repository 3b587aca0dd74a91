"""Every table, view and macro of Minebelief, as .sql files."""
