"""Générer : un modèle (et un registre) → un classeur .xlsx structuré, prêt à remplir à la main."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from pilotage_xlsx.generation.acceptations import ecrire_acceptations
from pilotage_xlsx.generation.choix import definir_les_choix
from pilotage_xlsx.generation.controle import ecrire_controle
from pilotage_xlsx.generation.etats import definir_les_noms
from pilotage_xlsx.generation.fiche import ecrire_fiche
from pilotage_xlsx.generation.formulaires import ecrire_formulaires
from pilotage_xlsx.generation.lisez_moi import ecrire_lisez_moi
from pilotage_xlsx.generation.listes import ecrire_listes
from pilotage_xlsx.generation.plan import Plan, planifier
from pilotage_xlsx.generation.porte import porter
from pilotage_xlsx.generation.propres import ecrire_propres
from pilotage_xlsx.generation.registres import ecrire_registre
from pilotage_xlsx.generation.reperes import lier_les_registres, proposer_les_numeros
from pilotage_xlsx.generation.tableau import ecrire_tableau
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import PROPRIETE, Modele
from pilotage_xlsx.registre import FeuilleLue, FeuillePropre, Registre
from pilotage_xlsx.socle.tableur import Classeur
from pilotage_xlsx.socle.textes import Texte

__all__ = ["Plan", "generer", "planifier"]


def generer(
    modele: Modele,
    registre: Registre,
    au: date,
    propres: Sequence[FeuillePropre] = (),
    constats: Sequence[str] = (),
) -> bytes:
    """Les octets du classeur, les mêmes pour les mêmes arguments.

    ``registre`` porte ce qui est déjà connu (vide pour un classeur vierge) ; ``au`` est la date de
    préparation : « Lisez-moi » la montre, le tableau de bord en part. ``propres`` : les feuilles
    de la commune ; ``constats`` : ceux qu'elle peut accepter, en mots.
    """
    registre = _sans_cellules(registre)
    plan, liens = planifier(modele, registre), Liens(modele, registre, au)
    etat = liens.etat
    identite = modele.identite
    commune = registre.commune.texte("commune")
    classeur = Classeur(identite.date, _proprietes(modele, commune))
    classeur.livre.set_custom_property(PROPRIETE, f"{identite.id} {identite.version}")
    porter(classeur, modele)
    pied = f"Interne{f' · {commune}' if commune else ''}"
    ecrire_lisez_moi(classeur, plan, registre.commune, au, pied)
    ecrire_fiche(classeur, modele, plan.fiche, etat, pied)
    for registre_planifie in plan.dans_l_ordre_des_gestes:
        ecrire_registre(classeur, plan, registre_planifie, liens, pied)
    ecrire_controle(classeur, plan, etat, pied)
    ecrire_tableau(classeur, plan, liens, pied)
    definir_les_noms(classeur, plan)
    proposer_les_numeros(classeur, plan, registre.annee)
    lier_les_registres(classeur, plan)
    definir_les_choix(classeur, ecrire_listes(classeur, plan, pied), plan)
    ecrire_formulaires(classeur, plan, commune, pied)
    ecrire_acceptations(classeur, modele, registre, constats, pied)
    ecrire_propres(classeur, modele, propres, pied)
    return classeur.octets()


def _proprietes(modele: Modele, commune: Texte | None) -> dict[str, str]:
    """Ce que le tableur montre dans les propriétés du document."""
    identite = modele.identite
    return {
        "title": f"{identite.libelle}{f' · {commune}' if commune else ''}",
        "subject": modele.note.objectif,
        "author": commune or "",
        "company": commune or "",
        "category": "Interne",
        "keywords": ", ".join(feuille.libelle for feuille in modele.feuilles),
        "comments": f"Modèle « {identite.id} » {identite.version}. À usage interne.",
    }


def _sans_cellules(registre: Registre) -> Registre:
    """Le même contenu sans ses cellules d'origine : tout ce qui se lit sera écrit en natif."""
    feuilles = {identifiant: _nettoyer(lue) for identifiant, lue in registre.feuilles.items()}
    return replace(registre, feuilles=feuilles)


def _nettoyer(lue: FeuilleLue) -> FeuilleLue:
    return replace(lue, lignes=tuple(replace(ligne, cellules={}) for ligne in lue.lignes))
