"""Cases on their way, by whom they concern or by number, and what is handed in later."""
