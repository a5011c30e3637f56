"""L'état des registres : complétude, points à clarifier, qui fait quoi, état de la note."""

from __future__ import annotations

from pilotage_xlsx.metier.chiffres.registres import A_CLARIFIER
from pilotage_xlsx.metier.etat import Completude
from pilotage_xlsx.metier.mesure import Chapitre
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import (
    Barre,
    Barres,
    ColonneDeTable,
    GenreDeColonne,
    Section,
    Tableau,
)
from pilotage_xlsx.rapport.mots import compter, epurer, lire, origine
from pilotage_xlsx.rapport.sections.cartes import SANS_OBJET
from pilotage_xlsx.rapport.sections.citations import citer_le_chapitre
from pilotage_xlsx.socle.typographie import jour, nombre

_ROLES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Exécutif", ("executif_nom",), ("executif_courriel",)),
    (
        "Référent numérique",
        ("referent_nom", "referent_fonction", "referent_employeur"),
        ("referent_courriel", "referent_telephone"),
    ),
    ("Suppléant", ("suppleant_nom",), ("suppleant_telephone",)),
    ("Coordination régionale", ("coordination_organisme",), ("coordination_contact",)),
    (
        "Protection des données (canton)",
        ("autorite_donnees_nom",),
        ("autorite_donnees_contact",),
    ),
    ("Contact cyber cantonal", ("contact_cyber",), ()),
)
"""Chaque rôle, et les lignes de la fiche qui disent qui le tient et comment le joindre."""


def completude(rapport: Rapport) -> Section:
    """Lignes complètes sur lignes en vigueur, par registre et au total."""
    total = rapport.completude_totale
    barres = tuple(
        Barre(libelle, part.completes, part.lignes, _dire(part))
        for libelle, part in (*rapport.completude, ("Total", total))
    )
    return Section(
        "completude",
        "Complétude",
        "Complétude des registres",
        (
            f"Lignes complètes sur lignes en vigueur : {_dire(total)}. "
            "Une ligne est complète quand chaque réponse demandée y est.",
            *citer_le_chapitre(rapport, Chapitre.REGISTRES),
        ),
        (Barres("Lignes complètes, par registre", "Complètes", "En vigueur", barres),)
        if total.lignes
        else (),
    )


def _dire(part: Completude) -> str:
    return f"{nombre(part.completes)} sur {nombre(part.lignes)}" if part.lignes else SANS_OBJET


def a_clarifier(rapport: Rapport) -> Section:
    """Les réponses « À clarifier », par outil ou par prestataire."""
    points = rapport.a_clarifier
    total = int(rapport.mesures[A_CLARIFIER].valeur)
    titre = "Points à clarifier"
    if not points:
        phrase = "Aucune réponse « À clarifier » inscrite."
        return Section("a-clarifier", "À clarifier", titre, (phrase,))
    colonnes = (
        ColonneDeTable("Nom", GenreDeColonne.FORT, 30),
        ColonneDeTable("À clarifier", largeur=50),
        ColonneDeTable("Origine", GenreDeColonne.DISCRET, 24),
    )
    lignes = tuple((epurer(p.nom), ", ".join(p.libelles), origine(p.ligne)) for p in points)
    phrase = f"{compter(total, 'réponse')} à clarifier, dans {compter(len(points), 'ligne')}."
    return Section(
        "a-clarifier",
        "À clarifier",
        titre,
        (phrase,),
        (Tableau("Réponses à clarifier", colonnes, lignes),),
    )


def roles(rapport: Rapport) -> Section:
    """Qui fait quoi, et qui joindre."""
    colonnes = (
        ColonneDeTable("Rôle", GenreDeColonne.FORT, 30),
        ColonneDeTable("Qui", largeur=36),
        ColonneDeTable("Contact", largeur=40),
    )
    lignes = tuple(
        (role, _joindre(rapport, *qui), _joindre(rapport, *contact))
        for role, qui, contact in _ROLES
    )
    tableau = Tableau("Rôles", colonnes, lignes)
    return Section("roles", "Qui fait quoi", "Qui fait quoi", (), (tableau,))


def _joindre(rapport: Rapport, *colonnes: str) -> str:
    if not colonnes:
        return "–"
    textes = (lire(rapport.commune, colonne, sinon="") for colonne in colonnes)
    return ", ".join(texte for texte in textes if texte) or _NON


_AUCUNE, _NON = "aucune inscrite", "non inscrit"


def note(rapport: Rapport) -> Section:
    """L'état de la note : adoption, désignation, relecture, orientations."""
    commune = rapport.commune
    phrases = (
        f"Note adoptée le : {lire(commune, 'note_adoptee_le', sinon=_NON)}.",
        f"Référent désigné le : {lire(commune, 'designe_le', sinon=_NON)}"
        f" (procès-verbal : {lire(commune, 'pv_designation', sinon=_NON)}).",
        _dire_relecture(rapport),
        f"Orientations générales : {_finir(lire(commune, 'orientations', sinon=_AUCUNE))}",
    )
    return Section("note", "État de la note", "État de la note", phrases)


def _finir(texte: str) -> str:
    """Le texte d'une personne, avec le point qui lui manque peut-être."""
    return texte if texte.endswith((".", "!", "?", "…")) else f"{texte}."


def _dire_relecture(rapport: Rapport) -> str:
    revu = rapport.commune.date("inventaire_revu_le")
    if revu is None:
        return f"Inventaire revu le : {lire(rapport.commune, 'inventaire_revu_le', sinon=_NON)}."
    jours = (rapport.au - revu).days
    admis = rapport.reperes.relecture_jours
    retard = f" (plus de {admis} jours)" if jours > admis else ""
    return f"Inventaire revu le : {jour(revu)}{retard}."
