"""What an election is: its parties, regions, units and rule, read from a pack."""
