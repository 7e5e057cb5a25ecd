"""Reading web archives with many hands: pieces of files, processes or machines that read them, one that writes."""
