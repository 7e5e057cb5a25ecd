"""Text → observations (`find`): the cheap look, what is read of each sentence, and drafts written out."""
