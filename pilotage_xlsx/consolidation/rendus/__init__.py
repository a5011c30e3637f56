"""Les formes d'une consolidation : chacune montre les mêmes tables, sans rien calculer."""
