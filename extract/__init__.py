"""Page → Article → Observations. Pure: no network, no database, no clock. Knows only `model`."""
