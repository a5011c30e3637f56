"""Les formes du rapport : chacune dessine le même document, sans rien calculer."""
