"""The durable .tally file: a journal chained by hash."""
