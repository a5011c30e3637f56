"""Ce qu'un nom d'outil ne doit pas laisser sortir : une personne, une adresse, un secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilotage_xlsx.confidentiel import masquer
from pilotage_xlsx.rapprochement import mots
from pilotage_xlsx.registre import Ligne, Registre

_PERSONNES = (
    ("outils", "responsable"),
    ("prestataires", "contact"),
    ("incidents", "annonce_par"),
    ("signalements", "annonce_par"),
)
_ENTRE_PERSONNES = re.compile(r"[,;/(\n]| et ")
_ADRESSE_OU_NUMERO = re.compile(r"@|\d[\d\s./]{7,}\d")
_PAS_DES_NOMS = frozenset(
    {"commune", "communal", "communale", "secretaire", "secretariat", "municipal", "municipale"}
    | {"greffe", "boursier", "boursiere", "syndic", "maire", "conseiller", "conseillere", "sans"}
)
_INCONNU = "Un outil"


class Discretion:
    """Les personnes que nomme un classeur, pour ne pas les laisser sortir par un nom d'outil."""

    def __init__(self, registre: Registre) -> None:
        self._suites = {suite for suite in _noms_entiers(registre) if len(suite) > 1}
        self._mots = {
            mot
            for colonne in ("referent_nom", "suppleant_nom")
            for mot in mots(_ENTRE_PERSONNES.split(registre.commune.texte(colonne) or "")[0])
            if len(mot) >= 4 and mot not in _PAS_DES_NOMS
        }

    def nommer(self, outil: Ligne) -> str:
        """Le nom de l'outil, secrets masqués ; son domaine si le nom désigne une personne."""
        nom = masquer(outil.texte("nom") or "")
        if nom and not self._designe(nom):
            return nom
        return outil.texte("domaine") or _INCONNU

    def _designe(self, nom: str) -> bool:
        """Vrai si le nom contient celui d'une personne du classeur, une adresse ou un numéro."""
        ses_mots = mots(nom)
        if _ADRESSE_OU_NUMERO.search(nom) or set(ses_mots) & self._mots:
            return True
        return any(
            ses_mots[rang : rang + len(suite)] == suite
            for suite in self._suites
            for rang in range(len(ses_mots))
        )


def _noms_entiers(registre: Registre) -> Iterator[tuple[str, ...]]:
    for feuille, colonne in _PERSONNES:
        for ligne in registre.lignes(feuille):
            for part in _ENTRE_PERSONNES.split(ligne.texte(colonne) or ""):
                yield mots(part)
