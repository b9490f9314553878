"""A reference government platform: the contract with the terminal, served for real over HTTP."""
