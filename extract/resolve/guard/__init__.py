"""What keeps a figure out (`keep`): no subject of ours, one firm, wages, audits, wishes, a denial."""
