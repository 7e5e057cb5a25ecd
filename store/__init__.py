"""Observations → Points: the only room that knows SQL."""

from store.store import Store, open_store

__all__ = ["Store", "open_store"]
