"""Lists and sentences that only go on: what a figure takes over from the one told before it."""
