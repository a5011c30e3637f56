"""CEL : les noms et les numéros, uniques là où ils s'inscrivent, retrouvés là où ils se citent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Colonne, Feuille
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.textes import cle
from pilotage_xlsx.verification.phrases import citer, enumerer
from pilotage_xlsx.verification.regle import Fait, regle, sur
from pilotage_xlsx.verification.remedes import chercher, nommer_les_cibles, retrouver


@regle(
    "CEL-005",
    Gravite.ERREUR,
    "2",
    message="« {valeur} » est inscrit {fois} fois dans « {libelle} ».",
    pourquoi="Les autres feuilles citent une ligne par ce nom ou ce numéro ; il doit être unique.",
    corriger="Si c'est deux fois la même chose, garder une seule ligne ; sinon, changer un nom.",
    doute=(
        "Deux outils s'appellent presque pareil.",
        "Seule une égalité parfaite, à la casse et aux blancs près, compte : une "
        "référence ne saurait laquelle choisir.",
    ),
)
def doublon(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        for colonne in feuille.saisies:
            if colonne.unique:
                yield from _doublons(liens.etat.lignes(feuille.id), colonne.id)


@regle(
    "CEL-006",
    Gravite.ERREUR,
    "2",
    message="{nom} cite {cites} dans « {libelle} » : introuvable dans {feuilles}.",
    pourquoi="Une référence introuvable coupe le lien entre deux feuilles.",
    corriger="Inscrire dans {feuilles} ce que la cellule cite, ou corriger le nom cité.",
    doute=(
        "Le nom est écrit avec une autre casse, ou une espace de trop.",
        "Casse, blancs et apostrophes ne comptent pas ; une mention (« Géré à l'interne "
        "») n'est pas une référence ; si la feuille citée manque, rien n'est dit.",
    ),
)
def reference_introuvable(liens: Liens) -> Iterator[Fait]:
    for feuille, colonne in _colonnes_a_reference(liens):
        perdues = {
            ligne: noms
            for ligne in liens.etat.lignes(feuille.id)
            if colonne.id in ligne.valeurs and (noms := liens.etat.introuvables(colonne, ligne))
        }
        voulus = chercher(liens, colonne, {nom for noms in perdues.values() for nom in noms})
        feuilles = nommer_les_cibles(liens, colonne)
        for ligne, noms in perdues.items():
            cites, remede = enumerer(map(citer, noms)), retrouver(liens, ligne, colonne, voulus)
            yield sur(ligne, colonne.id, cites=cites, feuilles=feuilles, corriger=remede)


def _colonnes_a_reference(liens: Liens) -> Iterator[tuple[Feuille, Colonne]]:
    """Les colonnes dont toutes les feuilles citées sont là, avec leur clé."""
    lues = liens.registre.feuilles
    for feuille in liens.modele.feuilles:
        for colonne in feuille.saisies:
            cibles = [(lues.get(r), liens.modele.par_id[r].cle or "") for r in colonne.reference]
            if cibles and all(lue is not None and lue.lieu.a(nom) for lue, nom in cibles):
                yield feuille, colonne


def _doublons(lignes: tuple[Ligne, ...], colonne: str) -> Iterator[Fait]:
    par_nom: Mapping[str, list[Ligne]] = defaultdict(list)
    for ligne in lignes:
        if nom := ligne.texte(colonne):
            par_nom[cle(nom)].append(ligne)
    for memes in par_nom.values():
        if len(memes) > 1:
            autres = tuple(ligne.emplacement(colonne) for ligne in memes[:-1])
            yield sur(memes[-1], colonne, aussi=autres, fois=len(memes))
