"""What ties the rooms together and faces people: commands, the trip, digest, pages, schedule."""
