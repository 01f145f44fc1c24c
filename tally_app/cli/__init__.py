"""The program's abilities as commands, without Qt."""
