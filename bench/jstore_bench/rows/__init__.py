"""The rows of the table, by what they need: each module has its rows' names in ROWS and one `run(bench)`."""
