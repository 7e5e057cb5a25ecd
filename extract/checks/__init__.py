"""Arithmetic between the figures of one text (`prove`): identities that raise their confidence, or accuse them."""
