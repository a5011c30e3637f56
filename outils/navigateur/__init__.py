"""La page pour qui n'installe rien : le paquet, tel quel, dans un navigateur.

``python -m outils.navigateur`` construit ``dist/`` : `pieces` apporte ce que `verrou.toml` fixe,
`bibliotheque` taille et précompile, `produits` assemble. Dans la page, `guichet` joue les gestes de
`pilotage_xlsx` ; `lxml` tient lieu de lxml, et `standard` de ce que Pyodide charge pour rien.
"""
