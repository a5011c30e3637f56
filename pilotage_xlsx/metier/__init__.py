"""Le métier : ce que le domaine juge et compte, une fois, pour toutes les commandes."""
