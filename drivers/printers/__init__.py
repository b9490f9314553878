"""Printers of receipts and of documents."""
