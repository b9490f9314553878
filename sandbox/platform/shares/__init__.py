"""What other departments know of somebody, with consent."""
