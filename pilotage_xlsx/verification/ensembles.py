"""ENS : ce qui ne se voit qu'en rapprochant plusieurs classeurs."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.rapprochement import grouper
from pilotage_xlsx.registre import Ensemble, Registre
from pilotage_xlsx.textes import cle_large
from pilotage_xlsx.verification.phrases import citer, enumerer
from pilotage_xlsx.verification.regle import Fait, regle, sur


@regle(
    "ENS-001",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="Le n° OFS {valeur} est donné à plusieurs communes : {noms}.",
    pourquoi="Un n° OFS désigne une seule commune ; les comptes des deux se mélangeraient.",
    corriger="Corriger le n° OFS, ou écrire le nom de la commune de la même façon partout.",
    doute=(
        "Une commune écrit son nom de deux façons, « St-Brais » et « Saint-Brais ».",
        "Le remède le dit : écrire le nom pareil partout ; casse, accents et ponctuation "
        "ne comptent pas.",
    ),
)
def numero_ofs_de_deux_communes(ensemble: Ensemble) -> Iterator[Fait]:
    for numero, registres in grouper(
        ensemble.lisibles(), lambda registre: registre.commune["numero_ofs"]
    ):
        noms = {cle_large(registre.nom): registre.nom for registre in registres}
        if isinstance(numero, int) and len(noms) > 1:
            yield _au_dernier(registres, "numero_ofs", noms=enumerer(map(citer, noms.values())))


@regle(
    "ENS-002",
    Gravite.AVERTISSEMENT,
    "3.2",
    message="{commune} a plusieurs classeurs pour {annee} : {fichiers}.",
    pourquoi="Les deux peuvent se contredire ; un seul doit faire foi.",
    corriger="Garder le bon classeur, ou corriger l'année du rapport dans l'un d'eux.",
    doute=(
        "Le dossier contient la copie de l'an passé.",
        "C'est l'année du rapport qui compte : deux années différentes ne se heurtent pas.",
    ),
)
def commune_en_double(ensemble: Ensemble) -> Iterator[Fait]:
    for (commune, annee), registres in grouper(ensemble.lisibles(), _commune_et_annee):
        if commune and annee and len(registres) > 1:
            fichiers = enumerer(citer(registre.nom_du_fichier) for registre in registres)
            nom = citer(registres[-1].nom)
            yield _au_dernier(registres, "annee", commune=nom, annee=annee, fichiers=fichiers)


def _commune_et_annee(registre: Registre) -> tuple[str, int | None]:
    return cle_large(registre.commune.texte("commune") or ""), registre.annee


def _au_dernier(registres: list[Registre], colonne: str, **mots: object) -> Fait:
    *autres, dernier = registres
    aussi = tuple(registre.commune.emplacement(colonne) for registre in autres)
    return sur(dernier.commune, colonne, aussi=aussi, **mots)
