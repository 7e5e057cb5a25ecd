"""Pages for people, and the script that writes those which repeat the code."""
