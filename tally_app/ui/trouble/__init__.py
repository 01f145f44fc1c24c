"""When the program breaks: what is safe, a report without votes or names, a log, and the way back to the same place."""
