"""Measurements: every claim of speed or quality, as a ratio to a named peer in the same run."""
