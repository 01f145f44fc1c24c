"""The entry screen: one region's forms as a grid, with sums, stated figures and differences pinned below."""
