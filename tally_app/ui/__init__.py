"""The window: Qt widgets. Qt exists in this room only."""
