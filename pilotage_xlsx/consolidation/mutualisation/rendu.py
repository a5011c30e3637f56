"""Le classeur des occasions : qui appeler, puis une feuille par genre, une raison par ligne."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pilotage_xlsx.consolidation.mutualisation.occasion import GenreDOccasion, Occasion
from pilotage_xlsx.consolidation.mutualisation.occasions import Mutualisation, Voisine
from pilotage_xlsx.consolidation.mutualisation.participantes import Participante
from pilotage_xlsx.modele import PROPRIETE, Modele
from pilotage_xlsx.registre import CONSOLIDATION
from pilotage_xlsx.socle.tableur import (
    BLEU,
    BLEU_MOYEN,
    Classeur,
    Contenu,
    ecrire,
    ecrire_tableau,
    mettre_en_page,
)
from pilotage_xlsx.socle.typographie import jour, typographier

Entete = tuple[str, int, str]
"""Le titre d'une colonne, sa largeur, son style."""

_COMMUNE: tuple[Entete, ...] = (("Commune", 18, "gras"), ("Canton", 8, "texte"))
_OUTIL: tuple[Entete, ...] = (
    ("Outil", 24, "texte"), ("Prestataire", 24, "texte"), ("Domaine", 25, "texte"),
)  # fmt: skip
_SUITE: tuple[Entete, ...] = (
    ("Avec qui parler", 28, "texte"), ("Pourquoi", 42, "texte"), ("Contacts transmis", 44, "texte"),
)  # fmt: skip
_OBJETS: Mapping[GenreDOccasion, tuple[Entete, ...]] = {
    GenreDOccasion.PRESTATAIRES: (("Prestataire", 24, "texte"), ("Ses outils ici", 34, "texte")),
    GenreDOccasion.OUTILS: _OUTIL,
    GenreDOccasion.ECHEANCES: (
        ("Domaine", 25, "texte"), ("Outil", 24, "texte"), ("Prestataire", 24, "texte"),
        ("Échéance", 12, "date"), ("Dernier jour pour résilier", 14, "date"),
    ),
    GenreDOccasion.RECUPERATION: _OUTIL,
    GenreDOccasion.SOLUTIONS: (("Domaine", 25, "texte"), ("Besoin ouvert", 32, "texte")),
}  # fmt: skip
_PHRASES: Mapping[GenreDOccasion, str] = {
    GenreDOccasion.PRESTATAIRES: (
        "Le même prestataire dans plusieurs communes, même écrit autrement."
    ),
    GenreDOccasion.OUTILS: "Le même outil, du même prestataire ou de même nom de produit.",
    GenreDOccasion.ECHEANCES: "Le même domaine, et des contrats qui finissent à moins de six mois.",
    GenreDOccasion.RECUPERATION: (
        "Très difficile à remplacer ici, alors qu'une autre a testé sa sortie."
    ),
    GenreDOccasion.SOLUTIONS: "Une solution vue par une commune, et le besoin ouvert d'une autre.",
}
_DISCRETION = (
    "Ni nom de personne, ni description ; un contact seulement si la commune a répondu Oui à "
    "« Contact transmissible »."
)
_AUCUNE = "Aucune occasion de ce genre."
_LIGNES = 1_000_000
"""Une feuille de tableur a 1'048'576 lignes."""


class Page(NamedTuple):
    """Une feuille : son nom, ses phrases, ses colonnes et ses lignes."""

    nom: str
    titre: str
    phrases: tuple[str, ...]
    entetes: tuple[Entete, ...]
    lignes: Sequence[Sequence[Contenu]]


def rendre(mutualisation: Mutualisation, modele: Modele) -> bytes:
    """Les octets du classeur, les mêmes pour la même mutualisation."""
    identite = modele.identite
    classeur = Classeur(identite.date, {"title": f"{identite.libelle} · mutualisation"})
    classeur.livre.set_custom_property(PROPRIETE, f"{CONSOLIDATION} {identite.version}")
    for rang, page in enumerate(paginer(mutualisation)):
        _ecrire(classeur, page, onglet=BLEU_MOYEN if rang else BLEU)
    return classeur.octets()


def paginer(mutualisation: Mutualisation) -> Iterator[Page]:
    """Les feuilles, dans leur ordre."""
    yield _qui_appeler(mutualisation)
    for genre in GenreDOccasion:
        occasions = mutualisation.de_genre(genre)
        phrases = (_PHRASES[genre], _DISCRETION)
        lignes = [_ligne(occasion) for occasion in occasions[:_LIGNES]]
        yield Page(genre, genre, phrases, (*_COMMUNE, *_OBJETS[genre], *_SUITE), lignes)
    yield _classeurs(mutualisation)


def _qui_appeler(mutualisation: Mutualisation) -> Page:
    entetes = (
        *_COMMUNE, ("Qui appeler", 22, "gras"),
        *((genre, 14, "entier") for genre in GenreDOccasion),
        ("Contact transmis", 34, "texte"),
    )  # fmt: skip
    nombre = len(mutualisation.participantes)
    phrases = (
        f"Préparé le {jour(mutualisation.au)}, {nombre} commune{'s' if nombre > 1 else ''}. Pour "
        "chacune, les trois autres avec qui elle a le plus à se dire, et de quoi.",
        _DISCRETION,
    )
    lignes = [_voisine(voisine) for voisine in mutualisation.voisines]
    return Page("Qui appeler", "Qui pourrait parler à qui", phrases, entetes, lignes)


def _voisine(voisine: Voisine) -> tuple[Contenu, ...]:
    comptes = (voisine.comptes[genre] or None for genre in GenreDOccasion)
    return (*_nommer(voisine.commune), voisine.autre.nom, *comptes, voisine.autre.contact)


def _classeurs(mutualisation: Mutualisation) -> Page:
    entetes = (
        *_COMMUNE, ("Année", 8, "numero"), ("Fichier", 30, "texte"), ("Retenu", 10, "texte"),
        ("Raison", 60, "texte"),
    )  # fmt: skip
    retenus = [(*_source(une), "Oui", None) for une in mutualisation.participantes]
    ecartes = [(*_source(e.participante), "Non", e.raison) for e in mutualisation.ecartees]
    phrase = "Un classeur par commune, le plus récent."
    return Page("Classeurs", "Les classeurs lus", (phrase,), entetes, [*retenus, *ecartes])


def _source(une: Participante) -> tuple[Contenu, ...]:
    return (*_nommer(une), une.annee, une.fichier)


def _nommer(une: Participante) -> tuple[Contenu, ...]:
    return (une.nom, une.canton)


def _ligne(occasion: Occasion) -> tuple[Contenu, ...]:
    nommees = occasion.nommees
    reste = occasion.reste
    suite = f" et {reste} autre{'s' if reste > 1 else ''}" if reste else ""
    noms = ", ".join(une.nom for une in nommees) + suite
    contacts = "\n".join(f"{une.nom} : {une.contact}" for une in nommees if une.contact)
    raison = typographier(occasion.raison)
    return (*_nommer(occasion.commune), *occasion.objet, noms, raison, typographier(contacts))


def _ecrire(classeur: Classeur, page: Page, *, onglet: str) -> None:
    feuille = classeur.feuille(page.nom, onglet=onglet)
    ecrire(feuille, 0, 0, typographier(page.titre), classeur.style("titre"))
    phrases = page.phrases if page.lignes else (*page.phrases, _AUCUNE)
    for rang, phrase in enumerate(phrases, 1):
        ecrire(feuille, rang, 0, typographier(phrase), classeur.style("phrase"))
    haut = len(phrases) + 2
    table = "Mutualisation_" + "".join(signe for signe in page.nom if signe.isalpha())
    ecrire_tableau(classeur, feuille, (haut, 0), page.entetes, page.lignes, table=table)
    feuille.set_row(haut, 34)
    feuille.freeze_panes(haut + 1, 1)
    mettre_en_page(feuille, "Mutualisation", entete=haut)
