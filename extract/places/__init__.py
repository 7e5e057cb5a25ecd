"""Every mention of a unit of both lists, by name, abbreviation or description, resolved by what was said (`find`)."""
