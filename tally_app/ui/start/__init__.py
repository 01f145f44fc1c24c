"""What is seen while no file is open."""
