"""The first look at a page: its bytes, its encoding, and whether it can speak of insurance at all (`look`)."""
