"""Where a figure holds (`choose`), and which place a sentence leaves in force (`told`)."""
