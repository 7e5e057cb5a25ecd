"""Which period a figure is of and which one a change is compared with (`choose`)."""
