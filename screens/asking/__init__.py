"""The screens of saying who one is, and answering: those of `kiosk.core.views.asking`."""
