"""What a figure counts, its insurance and concept (`choose`): by near words, its group, the subject of the text."""
