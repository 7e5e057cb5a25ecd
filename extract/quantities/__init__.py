"""Every number of a text with its unit and qualifier (`parse`). Stands on `numbers` alone."""
