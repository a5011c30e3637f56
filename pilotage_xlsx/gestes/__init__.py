"""Un geste par verbe : octets ou chemins → valeurs ; ni écran, ni effet sur qui appelle."""
