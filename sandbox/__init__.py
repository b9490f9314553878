"""The world around a terminal, for demonstrations, development and tests; never imported by the product."""
