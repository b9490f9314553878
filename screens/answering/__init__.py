"""The screens of what will be sent, and what came of it: those of `kiosk.core.views.answering`."""
