"""Partager : d'un registre, ce qui peut sortir de la commune, écrit à neuf.

Fermé par défaut : une colonne ne sort que si le modèle dit à qui. Rien ne vient du fichier reçu que
les valeurs retenues.
"""
