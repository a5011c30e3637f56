"""D'où vient chaque chiffre du rapport : les lignes du classeur qui y comptent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pilotage_xlsx.metier.chiffres import CINQ, du_rapport
from pilotage_xlsx.metier.mesure import Chiffre, Mesure
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import ColonneDeTable, GenreDeColonne, Section, Tableau
from pilotage_xlsx.rapport.mots import epurer, majuscule
from pilotage_xlsx.rapport.sections.cartes import montrer
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.typographie import nombre, plages

Source = tuple[str, str, tuple[Ligne, ...]]
"""Ce que dit le chiffre, sa valeur telle qu'elle s'écrit, les lignes comptées."""

_COLONNES = (
    ColonneDeTable("Chiffre", GenreDeColonne.FORT, 46),
    ColonneDeTable("Valeur", GenreDeColonne.MESURE, 13),
    ColonneDeTable("Lignes du classeur", largeur=66),
)


def sources(rapport: Rapport) -> Section:
    """Chaque chiffre du rapport, et où le recompter ; un compte nul n'a pas de ligne à montrer."""
    lignes = tuple(
        (majuscule(libelle), valeur, situer(comptees))
        for libelle, valeur, comptees in (*_cinq(rapport), *_comptes(rapport))
    )
    tableau = Tableau("Lignes comptées pour chaque chiffre", _COLONNES, lignes)
    return Section("sources", "Sources", "D'où vient chaque chiffre", (), (tableau,))


def _cinq(rapport: Rapport) -> Iterator[Source]:
    for chiffre in CINQ:
        mesure = rapport.mesures[chiffre]
        yield chiffre.libeller(mesure), montrer(chiffre, mesure), mesure.lignes


def _comptes(rapport: Rapport) -> Iterator[Source]:
    """Les comptes de l'annexe qui ne sont pas nuls, dans l'ordre où ils s'y lisent."""
    chiffres = (chiffre for chiffre in du_rapport() if chiffre not in CINQ)
    des_chiffres = (source for c in chiffres for source in _du_chiffre(c, rapport.mesures[c]))
    for source in (*des_chiffres, *_des_ecarts(rapport)):
        if source[-1]:
            yield source


def _du_chiffre(chiffre: Chiffre, mesure: Mesure) -> Iterator[Source]:
    """Le chiffre, ou chacune de ses parts s'il se répartit."""
    if chiffre.valeur is not None:
        yield chiffre.libelle, montrer(chiffre, mesure), mesure.lignes
    elif chiffre.parts is None:
        yield _compter(chiffre.libelle, mesure.lignes)
    for nom, lignes in mesure.parts:
        dit = epurer(nom.texte("nom") or "") if isinstance(nom, Ligne) else nom
        yield _compter(f"{chiffre.libelle} : {dit}", lignes)


def _des_ecarts(rapport: Rapport) -> Iterator[Source]:
    if rapport.evolution:
        changements = rapport.evolution.sans_decision
        restes = [changement.apres for changement in changements if changement.apres]
        perdus = [c.avant for c in changements if c.avant and not c.apres]
        yield _compter("changements durables sans décision", restes)
        disparus = f"outils disparus sans décision (classeur de {rapport.precedent})"
        yield _compter(disparus, perdus)


def _compter(libelle: str, lignes: Sequence[Ligne]) -> Source:
    return libelle, nombre(len(lignes)), tuple(lignes)


def situer(lignes: Iterable[Ligne]) -> str:
    """« Outils : lignes 5, 6, 9 »."""
    par_feuille: dict[str, list[int]] = defaultdict(list)
    for ligne in lignes:
        par_feuille[ligne.lieu.feuille].append(ligne.numero)
    return (
        " ; ".join(
            f"{epurer(feuille)} : ligne{'s' if len(numeros) > 1 else ''} {plages(sorted(numeros))}"
            for feuille, numeros in par_feuille.items()
        )
        or "aucune"
    )
