"""The demo: five invented newspapers on loopback, and the whole service played over them day by day."""
