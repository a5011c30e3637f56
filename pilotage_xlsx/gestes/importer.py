"""Importer : la liste que la commune a déjà devient des lignes d'Outils ou de Prestataires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pilotage_xlsx import generation
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.classeurs import Recu, charger_une_fois, exiger, situer
from pilotage_xlsx.gestes.corriger import cellules_lues
from pilotage_xlsx.gestes.generer import LIGNES_MAX, constats_a_accepter, exiger_tenable
from pilotage_xlsx.gestes.porte import lire, modele_de
from pilotage_xlsx.importation.comptes import BilanDesCellules, CellulePerdue, compter, perdues
from pilotage_xlsx.importation.lignes import en_registre, inscrire, nouvelles
from pilotage_xlsx.importation.phrases import dire_l_inscription, dire_la_liste
from pilotage_xlsx.importation.proposition import (
    AUCUNE,
    CorrectionInvalide,
    Corrections,
    ListeProposee,
    en_tableau,
    lire_les_corrections,
    proposer,
)
from pilotage_xlsx.lecture.donnees import lire_donnees
from pilotage_xlsx.lecture.listes import lire_une_liste
from pilotage_xlsx.modele import Feuille, Modele
from pilotage_xlsx.registre import FeuilleLue, Ligne, Registre, Valeur
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.registre.tableaux import ListeRecue
from pilotage_xlsx.socle.dates import Jour
from pilotage_xlsx.socle.entree import EnMemoire, chemin_de
from pilotage_xlsx.socle.montrable import nommer_le_fichier
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.socle.typographie import nombre
from pilotage_xlsx.verification.phrases import citer

if TYPE_CHECKING:
    from pilotage_xlsx.retouche import Ajout

_MARGE = 200
"""Des lignes de titre, de total et de note, en plus de celles qui s'inscrivent."""


class Propose(NamedTuple):
    """Ce qui est proposé d'une liste, le tableau à corriger, et une phrase par chose à en dire."""

    proposee: ListeProposee
    colonnes: bytes
    remarques: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Propose : {len(self.proposee.tables)} tables, {len(self.remarques)} remarques>"


class Importe(NamedTuple):
    """Les octets du classeur, le bilan des cellules de la liste, et ce qu'il y a à en dire."""

    octets: bytes
    bilan: BilanDesCellules
    proposee: ListeProposee
    remarques: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Importe : {self.bilan.recues} cellules reçues, {len(self.octets)} octets>"


def proposer_l_import(
    liste: Recu, *, colonnes: Recu | None = None, modele: Modele | None = None
) -> Propose:
    """Ce que deviendrait chaque colonne d'une liste, à corriger et à rendre à `importer`.

    Lève `GesteImpossible` si la liste ne se lit pas, ou si rien n'y peut s'inscrire.
    """
    choisi = modele or charger_une_fois()
    recue, proposee = _proposer(liste, colonnes, choisi)
    remarques = (*recue.remarques, *dire_la_liste(proposee, choisi))
    return Propose(proposee, en_tableau(proposee), remarques)


def importer(
    liste: Recu,
    *,
    dans: Recu | None = None,
    colonnes: Recu | None = None,
    au: date | None = None,
    modele: Modele | None = None,
    nom: str = "classeur.xlsx",
) -> Importe:
    """Un classeur dont les registres ont les lignes de la liste ; la liste n'est pas touchée.

    ``dans`` : le classeur de la commune, dont la copie reçoit les lignes sous les siennes ;
    ``colonnes`` : le tableau rendu de `proposer_l_import`, qui l'emporte sur ce qui se reconnaît.
    Lève `GesteImpossible` si un fichier ne se lit pas, ou si rien ne peut s'inscrire.
    """
    choisi, jour = modele or charger_une_fois(), au or date.today()
    deja = _vierge(choisi, jour, nom) if dans is None else exiger(dans, choisi)
    choisi = modele_de(deja.porte, choisi)
    recue, proposee = _proposer(liste, colonnes, choisi)
    _exiger_une_table(proposee, choisi)
    apport = inscrire(proposee, choisi, deja)
    voulu = en_registre(apport, choisi, deja)
    _exiger_peu(voulu)
    neuves = nouvelles(apport, voulu)
    octets, premieres, remarques = (
        _generer(voulu, neuves, choisi, jour) if dans is None else _remplir(deja, neuves, choisi)
    )
    bilan = compter(recue, proposee, apport)
    manquantes = [*perdues(neuves, lire(EnMemoire(nom, octets), choisi), premieres)]
    if bilan.inexpliquees or manquantes:
        raise GesteImpossible(*_dire_les_perdues(bilan, manquantes))
    dites = (
        *recue.remarques, *dire_la_liste(proposee, choisi), *remarques,
        *dire_l_inscription(apport, bilan, choisi),
    )  # fmt: skip
    return Importe(octets, bilan, proposee, dites)


_Ecrit = tuple[bytes, Mapping[str, int], tuple[str, ...]]
"""Les octets d'un classeur, la première ligne ajoutée à chaque registre, ce qu'il y a à en dire."""


def _vierge(modele: Modele, au: date, nom: str) -> Registre:
    return lire_donnees({modele.fiche.id: {"annee": au.year}}, modele, Path(nom))[0]


def _generer(
    voulu: Registre, neuves: Mapping[str, Sequence[Ligne]], modele: Modele, au: date
) -> _Ecrit:
    octets = generation.generer(modele, voulu, au, (), constats_a_accepter())
    plan = generation.planifier(modele, voulu)
    return octets, {nom: plan.registre(nom).premiere for nom in neuves}, ()


def _remplir(deja: Registre, neuves: Mapping[str, Sequence[Ligne]], modele: Modele) -> _Ecrit:
    """La copie du classeur de la commune, ses lignes vides remplies dès la première."""
    from pilotage_xlsx import retouche  # noqa: PLC0415 — lxml, s'il y a une copie à remplir

    ajouts = {nom: _ajout(deja, siennes, modele.par_id[nom]) for nom, siennes in neuves.items()}
    try:
        gardees = cellules_lues(deja, modele)
        with retouche.remplir(deja.source, [*ajouts.values()], gardees) as rempli:
            octets, dernieres = rempli.copie.octets(), rempli.dernieres
    except Refus as refus:
        raise GesteImpossible(f"{deja.nom_du_fichier} : pas rempli. {refus}") from None
    remarques = (_dire_le_debord(ajout, dernieres[ajout.feuille]) for ajout in ajouts.values())
    premieres = {nom: ajout.premiere for nom, ajout in ajouts.items()}
    return octets, premieres, tuple(filter(None, remarques))


def _ajout(deja: Registre, lignes: Sequence[Ligne], feuille: Feuille) -> Ajout:
    """Ce qui s'ajoute sous la dernière ligne remplie ; une colonne absente se nomme."""
    from pilotage_xlsx.retouche import Ajout  # noqa: PLC0415

    lue = deja.feuilles.get(feuille.id)
    if lue is None or not lue.lieu.colonnes:
        raise GesteImpossible(
            f"{deja.nom_du_fichier} n'a pas de feuille « {feuille.libelle} » où inscrire la liste."
        )
    lieu = lue.lieu
    remplies = (*(ligne.numero for ligne in lue.lignes), *lue.en_marge, lieu.ligne_entete)
    ecrites = tuple(dict(_situer(ligne, lue, feuille)) for ligne in lignes)
    entetes = dict.fromkeys(ou for ligne in ecrites for ou in ligne if isinstance(ou, str))
    return Ajout(lieu.feuille, lieu.ligne_entete, max(remplies) + 1, tuple(entetes), ecrites)


def _situer(
    ligne: Ligne, lue: FeuilleLue, feuille: Feuille
) -> Iterator[tuple[int | str, str | float | Jour]]:
    """Chaque valeur, à la place de sa colonne, ou sous l'en-tête qu'il faudra lui donner."""
    for colonne, valeur in ligne.valeurs.items():
        yield lue.lieu.colonnes.get(colonne, feuille.libelle_de(colonne)), _ecrire(valeur)
    for entete, valeur in ligne.propres.items():
        yield lue.propres.get(entete, entete), _ecrire(valeur)


def _ecrire(valeur: Valeur) -> str | float | Jour:
    return valeur if isinstance(valeur, int | float | date) else afficher(valeur)


def _dire_le_debord(ajout: Ajout, derniere: int | None) -> str:
    """Sans table, la feuille ne dit pas l'état de ses lignes ; une longue table n'est pas tenue."""
    fin = ajout.premiere + len(ajout.lignes) - 1
    if derniere is None or fin < derniere:
        return ""
    return f"{ajout.feuille} : le tableau va maintenant jusqu'à la ligne {fin}."


def _proposer(
    liste: Recu, colonnes: Recu | None, modele: Modele
) -> tuple[ListeRecue, ListeProposee]:
    source = situer(liste)
    recue = _lire(liste)
    try:
        corrections = AUCUNE if colonnes is None else _corrections(colonnes)
        fichier = nommer_le_fichier(chemin_de(source).stem)
        return recue, proposer(recue, modele, fichier, corrections)
    except CorrectionInvalide as faute:
        raise GesteImpossible(str(faute)) from None


def _lire(liste: Recu) -> ListeRecue:
    source = situer(liste)
    nom = nommer_le_fichier(chemin_de(source))
    try:
        recue = lire_une_liste(source, LIGNES_MAX + _MARGE)
    except Refus as refus:
        raise GesteImpossible(f"{nom} : pas lu. {refus}") from None
    if recue.est_de_nous:
        raise GesteImpossible(
            f"{nom} est déjà un classeur de pilotage, ou un fichier qui en est tiré, pas une liste "
            "faite ailleurs. Le classeur de l'année suivante en reprend un ; une fusion de "
            "communes en réunit plusieurs."
        )
    if any(not tableau.est_entier for tableau in recue.tableaux):
        raise GesteImpossible(
            f"{nom} a plus de {nombre(LIGNES_MAX)} lignes : ce n'est pas la liste des logiciels "
            "d'une commune. Gardez-en les lignes utiles dans un autre fichier, et donnez celui-là."
        )
    return recue


def _corrections(colonnes: Recu) -> Corrections:
    return lire_les_corrections(_lire(colonnes).tableaux)


def _exiger_une_table(proposee: ListeProposee, modele: Modele) -> None:
    if all(une.feuille is None for une in proposee.tables):
        raise GesteImpossible(
            *(
                tuple(dire_la_liste(proposee, modele))
                or ("Cette liste est vide : rien ne peut s'en inscrire.",)
            )
        )


def _exiger_peu(voulu: Registre) -> None:
    lignes = [ligne for lue in voulu.feuilles.values() for ligne in lue.lignes]
    valeurs = sum(len(ligne.valeurs) + len(ligne.propres) for ligne in lignes)
    exiger_tenable("La liste", len(lignes), valeurs)


def _dire_les_perdues(
    bilan: BilanDesCellules, manquantes: Sequence[CellulePerdue]
) -> Iterator[str]:
    if bilan.inexpliquees:
        yield f"{bilan.inexpliquees} cellules de la liste ne sont pas comptées : rien n'est écrit."
    for une in manquantes[:1]:
        yield (
            f"{len(manquantes)} cellules ne se retrouvent pas dans le classeur, dont "
            f"{citer(une.texte)} ({une.colonne}, ligne {une.ligne}) : rien n'est écrit."
        )
