"""Province shapes on the 63 and the 34 list, made once by `build.py`."""
