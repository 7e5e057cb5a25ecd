"""The words that all rooms share: records, areas, indicators and errors. Imports nothing of the other rooms."""
