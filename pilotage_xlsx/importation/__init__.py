"""Importer : une liste faite ailleurs → des lignes d'un registre, chaque cellule comptée.

Découper en tables, reconnaître les colonnes, proposer, inscrire : rien ne se devine en silence.
"""
