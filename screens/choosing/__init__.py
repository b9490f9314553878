"""The screens of choosing what to do: those of `kiosk.core.views.choosing`."""
