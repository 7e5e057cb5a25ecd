"""Whether a figure is a level, a change, a target, a share or what is missing (`choose`)."""
