"""A sentence as a row of tokens (`stream`), and the rules tried at each of its figures (`claim`)."""
