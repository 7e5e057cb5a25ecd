"""Sites → Page: sources, discovery, the one spider, the archive. Knows only `model`."""
