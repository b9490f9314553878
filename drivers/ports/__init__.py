"""Ways to a device: serial ports, USB, the network; how an address is found."""
