"""Le classeur des occasions : par où commencer, puis par genre, une ligne par groupe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pilotage_xlsx.consolidation.mutualisation.occasion import (
    AU_PLUS,
    Contribution,
    GenreDOccasion,
    Occasion,
)
from pilotage_xlsx.consolidation.mutualisation.occasions import Mutualisation
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
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.socle.typographie import jour, typographier

Entete = tuple[str, int, str]
"""Le titre d'une colonne, sa largeur, son style."""

_COMMUNE: tuple[Entete, ...] = (("Commune", 18, "gras"), ("Canton", 8, "texte"))
_OUTIL: tuple[Entete, ...] = (
    ("Outil", 26, "gras"), ("Prestataire", 24, "texte"), ("Domaine", 22, "texte"),
)  # fmt: skip
_GROUPE: tuple[Entete, ...] = (
    ("Communes", 11, "entier"), ("Habitants", 11, "entier"), ("Francs par an", 13, "montant"),
    ("Coûts inscrits", 11, "texte"), ("Dernier jour commun", 13, "date"),
    ("À qui parler en premier", 20, "gras"), ("Parce que", 26, "texte"),
    ("Son contact", 28, "texte"),
)  # fmt: skip
_SUITE: tuple[Entete, ...] = (("Lesquelles", 44, "texte"), ("Pourquoi", 38, "texte"))
_OBJETS: Mapping[GenreDOccasion, tuple[Entete, ...]] = {
    GenreDOccasion.PRESTATAIRES: (("Prestataire", 26, "gras"), ("Ses outils", 34, "texte")),
    GenreDOccasion.OUTILS: _OUTIL,
    GenreDOccasion.ECHEANCES: (("Domaine", 28, "gras"), ("Fins de contrat", 22, "texte")),
    GenreDOccasion.RECUPERATION: _OUTIL,
    GenreDOccasion.SOLUTIONS: (
        ("Domaine", 26, "gras"), ("Solutions vues", 32, "texte"), ("Besoins ouverts", 32, "texte"),
    ),
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
    "« Contact transmissible » ; des francs seulement en tout, de deux communes au moins."
)
_DERNIER_JOUR = (
    "Dernier jour commun : le premier des derniers jours à venir du groupe ; ensuite, une des "
    "communes est liée."
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
    yield _commencer(mutualisation)
    for genre in GenreDOccasion:
        occasions = mutualisation.de_genre(genre)
        phrases = (_PHRASES[genre], _DERNIER_JOUR)
        lignes = [
            (*occasion.objet, *_compter(occasion), *_suivre(occasion))
            for occasion in occasions[:_LIGNES]
        ]
        yield Page(genre, genre, phrases, (*_OBJETS[genre], *_GROUPE, *_SUITE), lignes)
    yield _detailler(mutualisation)
    yield _classeurs(mutualisation)


def _commencer(mutualisation: Mutualisation) -> Page:
    nombre = len(mutualisation.participantes)
    phrases = (
        f"Préparé le {jour(mutualisation.au)}, {nombre} commune{'s' if nombre > 1 else ''}. De "
        "chaque genre, les cinq groupes qui réunissent le plus de communes.",
        _DERNIER_JOUR,
        _DISCRETION,
    )
    entetes = (("Ce qui réunit", 20, "texte"), ("Quoi", 40, "gras"), *_GROUPE)
    lignes = [(o.genre.value, o.titre, *_compter(o)) for o in mutualisation.premieres]
    return Page("Par où commencer", "Qui pourrait parler à qui", phrases, entetes, lignes)


def _compter(occasion: Occasion) -> tuple[Contenu, ...]:
    """Ce qui se dit d'un groupe, dans l'ordre de ses colonnes."""
    combien, premiere = len(occasion.communes), occasion.premiere
    return (
        combien,
        occasion.habitants,
        occasion.francs,
        f"{occasion.chiffrees} sur {combien}" if occasion.francs is not None else None,
        occasion.dernier_jour,
        premiere.commune.nom,
        typographier(premiere.raison),
        premiere.commune.contact,
    )


def _suivre(occasion: Occasion) -> tuple[Contenu, ...]:
    communes = occasion.communes
    reste = len(communes) - AU_PLUS
    suite = f" et {reste} autre{'s' if reste > 1 else ''}" if reste > 0 else ""
    noms = ", ".join(une.nom for une in communes[:AU_PLUS]) + suite
    return (noms, typographier(occasion.raison))


def _detailler(mutualisation: Mutualisation) -> Page:
    """Une ligne par commune et par groupe : à filtrer sur une commune, ou sur un groupe."""
    entetes = (
        *_COMMUNE, ("Ce qui réunit", 20, "texte"), ("Quoi", 36, "texte"),
        ("Par quoi elle en est", 30, "texte"), ("Ce qu'elle apporte", 26, "texte"),
        ("Fin du contrat", 12, "date"), ("Contact transmis", 30, "texte"),
    )  # fmt: skip
    lignes = [
        _part(occasion, part) for occasion in mutualisation.occasions for part in occasion.parts
    ]
    lignes.sort(key=lambda ligne: cle_large(str(ligne[0])))
    phrase = "Chaque commune, et les groupes dont elle est : filtrez sur son nom, ou sur un groupe."
    return Page("Communes", "Les groupes de chaque commune", (phrase,), entetes, lignes[:_LIGNES])


def _part(occasion: Occasion, part: Contribution) -> tuple[Contenu, ...]:
    fin = part.outil.echeance if part.outil and occasion.genre is GenreDOccasion.ECHEANCES else None
    une = part.commune
    return (
        *_nommer(une), occasion.genre.value, occasion.titre, part.quoi, part.sait, fin,
        une.contact,
    )  # fmt: skip


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
