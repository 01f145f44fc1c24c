"""What happened in the file, to look at."""
