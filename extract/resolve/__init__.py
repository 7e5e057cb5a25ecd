"""From the tokens of a sentence to drafts: every slot of a figure, each with what it was told by.

`drafts` holds the reading of one sentence and asks, for each figure a rule claims, in this order: `guard` (may it
be ours?), `measure`, `indicator`, `area`, `period`. Each of these is a room that answers one question (its
`choose`, or `keep`); what a figure takes over from its neighbours in a list is told by `lists`, which knows no slot.
"""
