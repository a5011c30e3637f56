"""Ce qui tient lieu de lxml dans la page, où il n'a pas de roue : la part dont `retouche` se sert.

Hors de la page, lxml reste. Au bord de ce qui se retouche (10 Mo de XML), lire et récrire une
partie prend 0,5 s et 245 Mo par lui, 4,6 s et 270 Mo par expat et Python (mesuré le 27.11.2026).
Ici, mêmes octets rendus : `tests/navigateur/test_lxml.py` compare les deux.
"""
