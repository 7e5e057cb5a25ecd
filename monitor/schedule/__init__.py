"""The whole service: which job is due, the process that runs them, the children that serve pages and read."""
