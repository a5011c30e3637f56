"""Remplit un classeur vierge dans LibreOffice, comme au clavier, et le fait enregistrer par lui.

À lancer avec le Python qui connaît LibreOffice (paquet ``python3-uno``) :
``/usr/bin/python3 tests/remplir_a_la_main.py``. Ce qui est tapé est dans ``les_essarts.py``. Chaque
texte passe par la saisie de LibreOffice en français de Suisse : « 12.03.2026 » y devient une date,
« 12/03/2026 » reste un texte.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bureau import FORMAT_XLSX, bureau_de, libreoffice, propriete, raison_de_renoncer
from les_essarts import COLLE, FICHE, REGISTRES, tableau  # type: ignore[import-not-found]

EXEMPLES = Path(__file__).resolve().parent.parent / "exemples"
VIERGE = EXEMPLES / "classeur-vierge.xlsx"
REMPLI = EXEMPLES / "les-essarts-2026-libreoffice.xlsx"

_TITRES = 12
"""Les en-têtes d'un registre sont dans les premières lignes."""


class Clavier:
    """Une personne devant le classeur : elle va à une cellule, tape ou colle."""

    def __init__(self, contexte: Any, document: Any) -> None:
        services = contexte.ServiceManager
        self._gestes = services.createInstanceWithContext(
            "com.sun.star.frame.DispatchHelper", contexte
        )
        self._document = document
        self._vue = document.CurrentController

    def feuille(self, nom: str) -> Any:
        """La feuille de ce nom, mise devant."""
        feuille = self._document.Sheets.getByName(nom)
        self._vue.setActiveSheet(feuille)
        return feuille

    def ecrire(self, cellule: Any, texte: str) -> None:
        """Tape le texte et valide, ou le colle s'il commence par « ^ »."""
        if texte.startswith(COLLE):
            cellule.setString(texte.removeprefix(COLLE))
            return
        self._vue.select(cellule)
        argument = propriete("StringName", texte)
        self._gestes.executeDispatch(self._vue.Frame, ".uno:EnterString", "", 0, (argument,))


def main() -> int:
    """Remplit, enregistre ; dit ce qui manque si LibreOffice n'est pas là."""
    raison = raison_de_renoncer()
    if raison is not None:
        print(raison)
        return 0
    with libreoffice() as contexte:
        _remplir(contexte)
    print(f"exemples/{REMPLI.name} est enregistré par LibreOffice.")
    return 0


def _remplir(contexte: Any) -> None:
    ouverture = (propriete("Hidden", valeur=True),)
    document = bureau_de(contexte).loadComponentFromURL(VIERGE.as_uri(), "_blank", 0, ouverture)
    try:
        clavier = Clavier(contexte, document)
        _remplir_la_fiche(clavier)
        for nom, texte in REGISTRES.items():
            _remplir_un_registre(clavier, nom, texte)
        clavier.feuille("Commune")
        document.storeToURL(REMPLI.as_uri(), (propriete("FilterName", FORMAT_XLSX),))
    finally:
        document.close(True)


def _remplir_la_fiche(clavier: Clavier) -> None:
    """Une réponse par question, dans la colonne à droite de la question."""
    feuille = clavier.feuille("Commune")
    questions = {feuille.getCellByPosition(1, rang).String: rang for rang in range(80)}
    for question, reponse in FICHE.items():
        clavier.ecrire(feuille.getCellByPosition(2, questions[question]), reponse)


def _remplir_un_registre(clavier: Clavier, nom: str, texte: str) -> None:
    """Ligne après ligne sous les en-têtes ; un en-tête inconnu s'ajoute à droite."""
    feuille = clavier.feuille(nom)
    entetes, lignes = tableau(texte)
    rang_entete, colonnes = _situer(feuille, entetes[0])
    for entete in entetes:
        if entete not in colonnes:
            colonnes[entete] = max(colonnes.values()) + 1
            clavier.ecrire(feuille.getCellByPosition(colonnes[entete], rang_entete), entete)
    for rang, ligne in enumerate(lignes, rang_entete + 1):
        for entete, saisie in zip(entetes, ligne, strict=False):
            if saisie:
                cellule = feuille.getCellByPosition(colonnes[entete], rang)
                plage = _plage(cellule, rang_entete + 1, rang)
                clavier.ecrire(cellule, saisie.replace("{somme}", plage))


def _situer(feuille: Any, premier: str) -> tuple[int, dict[str, int]]:
    """Le rang de la ligne d'en-tête, reconnue à un en-tête, et la colonne de chacun.

    ``Formula`` est le contenu de la cellule ; ``String`` y ajouterait le signe « ◦ » du format.
    """
    for rang in range(_TITRES):
        textes = [feuille.getCellByPosition(colonne, rang).Formula for colonne in range(40)]
        if premier in textes:
            return rang, {texte: colonne for colonne, texte in enumerate(textes) if texte}
    raise LookupError(f"« {premier} » n'est pas dans la feuille « {feuille.Name} »")


def _plage(cellule: Any, debut: int, fin: int) -> str:
    """Ce qu'une personne montre à la souris : la colonne, au-dessus de la cellule."""
    lettre = cellule.Columns.ElementNames[0]
    return f"{lettre}{debut + 1}:{lettre}{fin}"


if __name__ == "__main__":
    sys.exit(main())
