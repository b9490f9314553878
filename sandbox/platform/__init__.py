"""The reference platform: the contract with terminals, served for real, for invented residents."""
