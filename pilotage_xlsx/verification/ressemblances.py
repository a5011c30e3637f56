"""OUT et PRE : ce qui semble inscrit deux fois."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.rapprochement import (
    grouper,
    paires_presque_identiques,
    sans_forme_juridique,
)
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.ide import a_un_bon_chiffre_de_controle, chiffres_d_un_ide
from pilotage_xlsx.socle.textes import cle
from pilotage_xlsx.verification.phrases import citer_lignes
from pilotage_xlsx.verification.regle import Fait, regle, sur
from pilotage_xlsx.vocabulaire import Marque

_UN_SEUL_FAIT_FOI = Marque("outils", "domaine", "unique_par_commune")
_EN_SERVICE = Marque("outils", "statut", "en_service")


@regle(
    "OUT-012",
    Gravite.ATTENTION,
    "3.2",
    message="{memes} sont en service pour le même domaine, « {valeur} ».",
    pourquoi="Deux outils pour une même tâche coûtent deux fois et ne disent pas lequel fait foi.",
    corriger="Vérifier qu'il les faut tous ; sinon, prévoir d'en arrêter un.",
    doute=(
        "Deux outils d'un même domaine se complètent.",
        "Seuls quatre domaines où un seul outil fait foi sont regardés, et seulement « En "
        "service » : un outil à remplacer et son successeur se côtoient sans constat.",
    ),
)
def outils_au_meme_role(liens: Liens) -> Iterator[Fait]:
    actifs = (o for o in liens.outils if liens.est(o, _EN_SERVICE))
    for _, memes in grouper(actifs, lambda outil: outil["domaine"]):
        if len(memes) > 1 and liens.est(memes[0], _UN_SEUL_FAIT_FOI):
            *autres, dernier = memes
            aussi = tuple(outil.emplacement("domaine") for outil in autres)
            yield sur(dernier, "domaine", aussi=aussi, memes=citer_lignes(memes, "nom"))


@regle(
    "OUT-013",
    Gravite.ATTENTION,
    "3.2",
    message="{autre} et {nom} se ressemblent : même domaine, même prestataire, noms voisins.",
    pourquoi="Un outil inscrit deux fois se compte deux fois, et ses réponses se contredisent.",
    corriger="Si c'est le même outil, garder une seule ligne.",
    doute=(
        "« Serveur 1 » et « Serveur 2 », « OneGov » et « OneGov GEVER ».",
        "Un numéro, un sigle ou un mot de plus font deux outils ; il faut une seule "
        "lettre de différence, le même domaine et le même prestataire.",
    ),
)
def outils_presque_homonymes(liens: Liens) -> Iterator[Fait]:
    for (domaine, prestataire), memes in grouper(liens.outils, _domaine_et_prestataire):
        if domaine and prestataire and len(memes) > 1:
            for une, autre in paires_presque_identiques(memes, lambda o: o.texte("nom") or ""):
                autres = citer_lignes((une,), "nom")
                yield sur(autre, "nom", aussi=(une.emplacement("nom"),), autre=autres)


@regle(
    "PRE-007",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="{memes} ont le même IDE, {valeur}.",
    pourquoi="Un IDE désigne une seule entreprise : la même est sans doute inscrite deux fois.",
    corriger="Garder une seule ligne et la citer dans « Outils », ou corriger l'IDE.",
    doute=(
        "Deux succursales d'une même entreprise.",
        "Elles ont le même IDE, donc la même entreprise : une seule ligne suffit. Un IDE "
        "au contrôle faux n'est pas comparé.",
    ),
)
def prestataires_de_meme_ide(liens: Liens) -> Iterator[Fait]:
    for ide, memes in grouper(liens.prestataires, numero_ide):
        if ide and len(memes) > 1 and a_un_bon_chiffre_de_controle(ide):
            *autres, dernier = memes
            aussi = tuple(autre.emplacement("ide") for autre in autres)
            yield sur(dernier, "ide", aussi=aussi, memes=citer_lignes(memes, "nom"))


@regle(
    "PRE-008",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="{autre} et {nom} se ressemblent beaucoup.",
    pourquoi="Un prestataire écrit de deux façons se compte deux fois : sa part est sous-estimée.",
    corriger="Si c'est le même, garder une seule ligne et la citer dans « Outils ».",
    doute=(
        "« Alpha Nord » et « Alpha Sud » sont deux entreprises.",
        "Une seule lettre de différence est tolérée, hors forme juridique ; deux IDE "
        "remplis tranchent, et rien n'est dit.",
    ),
)
def prestataires_presque_homonymes(liens: Liens) -> Iterator[Fait]:
    voisins = paires_presque_identiques(liens.prestataires, _raison_sociale)
    for un, autre in (*_de_meme_raison(liens.prestataires), *voisins):
        est_tranche = un["ide"] is not None and autre["ide"] is not None
        if not est_tranche:
            aussi = (un.emplacement("nom"),)
            yield sur(autre, "nom", aussi=aussi, autre=citer_lignes((un,), "nom"))


def numero_ide(prestataire: Ligne) -> str:
    """Les neuf chiffres de l'IDE ; rien s'il manque ou s'il est mal formé."""
    return chiffres_d_un_ide(prestataire.texte("ide") or "")


def _de_meme_raison(prestataires: Iterable[Ligne]) -> Iterator[tuple[Ligne, Ligne]]:
    """« Alpha SA » et « Alpha Sàrl » ; deux noms égaux sont déjà un doublon."""
    for raison, (premier, *suivants) in grouper(prestataires, lambda p: cle(_raison_sociale(p))):
        for autre in suivants if raison else ():
            if cle(premier.texte("nom") or "") != cle(autre.texte("nom") or ""):
                yield premier, autre


def _raison_sociale(prestataire: Ligne) -> str:
    return sans_forme_juridique(prestataire.texte("nom") or "")


def _domaine_et_prestataire(outil: Ligne) -> tuple[str | None, str]:
    return outil.texte("domaine"), cle(outil.texte("prestataire") or "")
