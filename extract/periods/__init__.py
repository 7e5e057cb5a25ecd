"""Every date and period of a text with its first and last day (`find`). Stands on words and grammar of its own."""
