"""The screens of those who look after a terminal, behind a PIN."""
