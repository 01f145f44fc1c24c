"""What is wrong in the figures: one small function per check."""
