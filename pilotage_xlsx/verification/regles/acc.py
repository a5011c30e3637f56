"""ACC : les constats que la commune accepte pour un temps, avec leur raison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.registre.rapprochement import proposer
from pilotage_xlsx.verification.acceptations import Acceptes, cle_nommee, code_nomme
from pilotage_xlsx.verification.regle import Fait, regle, sur

_SANS_LIGNE = ("FIC", "STR", "COM", "CEL")
"""Les familles dont un constat peut ne porter sur aucune ligne nommée."""


@regle(
    "ACC-001",
    Gravite.AVERTISSEMENT,
    "2",
    message="L'acceptation de la ligne {numero} ne nomme aucune règle connue{dite}.",
    pourquoi="Une acceptation sans règle ne met aucun constat à part.",
    corriger="Recopier le code que le contrôle montre au bout du constat, par exemple OUT-004.",
    doute=(
        "Le code est tapé sans tiret ou en minuscules.",
        "Casse, tiret et espaces ne comptent pas.",
    ),
)
def acceptation_d_une_regle_inconnue(acceptes: Acceptes) -> Iterator[Fait]:
    for ligne in acceptes.lignes:
        if code_nomme(ligne) not in acceptes.codes:
            tape = afficher(ligne["regle"])
            dite = f" : « {tape} » n'existe pas" if tape else ""
            voisin = proposer(code_nomme(ligne), acceptes.codes)
            yield sur(ligne, "regle", numero=ligne.numero, dite=dite, **_proposer(voisin))


@regle(
    "ACC-002",
    Gravite.AVERTISSEMENT,
    "2",
    message="L'acceptation de {regle} n'a pas de motif : le constat reste compté.",
    pourquoi="Ce que la commune assume, elle en dit la raison ; sans elle, personne ne la saura.",
    corriger="Écrire en une phrase pourquoi la commune l'accepte.",
    doute=(
        "Le motif est évident pour qui l'a écrit.",
        "Il ne le sera plus dans un an : une cellule vide n'accepte rien.",
    ),
)
def acceptation_sans_motif(acceptes: Acceptes) -> Iterator[Fait]:
    for ligne in acceptes.connues:
        if not ligne.dit("motif"):
            yield sur(ligne, "motif", regle=code_nomme(ligne))


@regle(
    "ACC-003",
    Gravite.AVERTISSEMENT,
    "2",
    message="L'acceptation de {regle} n'a pas de date de fin lisible : le constat reste compté.",
    pourquoi="On accepte pour un temps ; sans date, personne n'y reviendrait.",
    corriger="Écrire le dernier jour où le constat reste accepté, par exemple 31.12.2026.",
    doute=(
        "La commune accepte pour toujours.",
        "Rien ne s'accepte pour toujours : une date lointaine se choisit, et se relit.",
    ),
)
def acceptation_sans_date_de_fin(acceptes: Acceptes) -> Iterator[Fait]:
    for ligne in acceptes.connues:
        if ligne.date("jusqu_au") is None:
            yield sur(ligne, "jusqu_au", regle=code_nomme(ligne))


@regle(
    "ACC-004",
    Gravite.AVERTISSEMENT,
    "2",
    message="L'acceptation de {regle} a pris fin le {valeur} : elle ne vaut plus.",
    pourquoi="La date de fin est celle que la commune s'est fixée.",
    corriger="Régler le constat et vider cette ligne, ou choisir une nouvelle date.",
    doute=(
        "Le constat est réglé, l'acceptation est restée.",
        "Elle ne sert plus à rien : le remède est de vider la ligne.",
    ),
)
def acceptation_echue(acceptes: Acceptes) -> Iterator[Fait]:
    for ligne in acceptes.connues:
        fin = ligne.date("jusqu_au")
        if fin is not None and fin < acceptes.liens.au:
            yield sur(ligne, "jusqu_au", regle=code_nomme(ligne))


@regle(
    "ACC-005",
    Gravite.AVERTISSEMENT,
    "2",
    message="L'acceptation de {regle} ne porte sur aucune ligne : {fait}.",
    pourquoi="Une acceptation sans ligne ne met aucun constat à part.",
    corriger="Recopier le nom ou le numéro de la ligne, tel qu'il est dans sa feuille.",
    doute=(
        "L'outil a changé de nom depuis.",
        "C'est bien ce qu'il faut dire : l'acceptation ne le trouve plus, et le constat compte.",
    ),
)
def acceptation_sans_ligne(acceptes: Acceptes) -> Iterator[Fait]:
    liens = acceptes.liens
    noms = {nom: ligne for lignes in liens.etat.par_cle.values() for nom, ligne in lignes.items()}
    for acceptation in acceptes.connues:
        cherchee = cle_nommee(liens, acceptation)
        if cherchee in noms or (not cherchee and code_nomme(acceptation).startswith(_SANS_LIGNE)):
            continue
        tape = afficher(acceptation["ligne"])
        fait = f"« {tape} » n'est inscrit nulle part" if tape else "la cellule est vide"
        voisine = proposer(cherchee, noms)
        voulue = _nommer(liens, noms[voisine]) if voisine else None
        yield sur(
            acceptation, "ligne", regle=code_nomme(acceptation), fait=fait, **_proposer(voulue)
        )


def _nommer(liens: Liens, ligne: Ligne) -> str:
    return afficher(ligne[liens.modele.par_id[ligne.lieu.registre].cle or ""])


def _proposer(voulu: str | None) -> dict[str, Any]:
    """Le remède qui propose un voisin ; rien, et celui de la fiche vaut, s'il n'y en a pas."""
    if voulu is None:
        return {}
    return {"corriger": f"Vouliez-vous dire « {voulu} » ? Sinon, recopier ce que dit le constat."}
