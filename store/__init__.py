"""Observations → Points: the only room that knows SQL. Knows only `model`."""
