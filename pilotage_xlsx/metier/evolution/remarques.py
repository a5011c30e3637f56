r"""Ce qu'il faut savoir avant de lire une comparaison : années, communes, n° OFS, feuilles.

>>> from tests.tableaux import registre
>>> valmarin, zoug = (registre(f"commune | commune\n | {nom}") for nom in ("Valmarin", "Zoug"))
>>> est_la_meme_commune(valmarin, zoug), est_la_meme_commune(valmarin, registre())
(False, True)
"""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.textes import cle_large


def est_la_meme_commune(avant: Registre, apres: Registre) -> bool:
    """Vrai si le nom ou le n° OFS est le même, ou si l'un des classeurs ne se nomme pas."""
    noms = [cle_large(r.commune.texte("commune") or "") for r in (avant, apres)]
    if not all(noms) or noms[0] == noms[1]:
        return True
    numeros = [r.commune["numero_ofs"] for r in (avant, apres)]
    return isinstance(numeros[0], int) and numeros[0] == numeros[1]


def remarquer(avant: Liens, apres: Liens) -> Iterator[str]:
    """Une phrase par fait à savoir, la plus grave d'abord."""
    yield from _sur_la_commune(avant.registre, apres.registre)
    yield from _sur_les_annees(avant.registre, apres.registre)
    for liens in (avant, apres):
        yield from _sur_les_feuilles(liens)


def _sur_la_commune(avant: Registre, apres: Registre) -> Iterator[str]:
    numeros = [r.commune["numero_ofs"] for r in (avant, apres)]
    ont_un_numero = all(isinstance(numero, int) for numero in numeros)
    if not est_la_meme_commune(avant, apres):
        yield (
            f"Les deux classeurs sont de communes différentes : {avant.nom} et {apres.nom}. "
            "Rien n'est compté comme un changement sans décision."
        )
    elif cle_large(avant.nom) != cle_large(apres.nom) and ont_un_numero:
        yield f"La commune a changé de nom : {avant.nom}, puis {apres.nom} (n° OFS {numeros[1]})."
    elif ont_un_numero and numeros[0] != numeros[1]:
        yield (
            f"Le n° OFS a changé : {numeros[0]}, puis {numeros[1]}. C'est le cas après une fusion "
            "de communes ; sinon, corriger la feuille Commune."
        )


def _sur_les_annees(avant: Registre, apres: Registre) -> Iterator[str]:
    if avant.fichier == apres.fichier:
        yield "Le même classeur est donné deux fois : rien ne peut avoir changé."
    elif avant.annee is None or apres.annee is None:
        sans = avant if avant.annee is None else apres
        yield (
            f"L'année du rapport manque dans {sans.nom_du_fichier} : les classeurs sont comparés "
            "dans l'ordre où ils sont donnés."
        )
    elif avant.annee == apres.annee:
        yield (
            f"Les deux classeurs sont de {avant.annee} : ils sont comparés dans l'ordre où ils "
            "sont donnés."
        )
    elif apres.annee - avant.annee > 1:
        yield f"Il y a {apres.annee - avant.annee} ans entre les deux classeurs."


def _sur_les_feuilles(liens: Liens) -> Iterator[str]:
    fichier = liens.registre.nom_du_fichier
    for registre in ("outils", "decisions"):
        libelle = liens.modele.par_id[registre].libelle
        if registre not in liens.registre.feuilles:
            yield f"{fichier} n'a pas de feuille « {libelle} »."
        elif registre == "outils" and not liens.etat.tenues(registre):
            yield f"{fichier} n'a aucun outil inscrit : rien n'est comparé."
