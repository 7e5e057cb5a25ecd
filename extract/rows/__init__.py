"""Tables that a text holds as lines: found (`find`), their cells (`cells`), what their columns are of (`columns`)."""
