"""Ce que devient, colonne par colonne, un classeur préparé avec une autre version du modèle."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.versions import Devenir, Parente, Pas, changements, devenus, situer
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.verification.apports import dire_les_ajouts
from pilotage_xlsx.verification.phrases import citer, enumerer

_GARDEE = "elle suit comme une colonne de la commune"


def dire_l_heritage(ancien: Registre, modele: Modele) -> Iterator[str]:
    """Une phrase sur la version d'où vient le classeur, puis une par chose qui y a changé."""
    yield from _dire_la_version(ancien, modele)
    depuis = changements(modele.identite, ancien.version).devenus
    yield from _dire_les_feuilles(ancien, modele, depuis)
    connus = devenus(modele.identite)
    for lue in ancien.feuilles.values():
        for cle, entete in lue.anciennes.items():
            dite = _dire_la_colonne(modele, *connus.get(cle, (None, ())))
            yield f"{lue.lieu.feuille} : {citer(entete)} {dite}."
    yield from _dire_les_scissions(ancien, modele, depuis)


def _dire_la_version(ancien: Registre, modele: Modele) -> Iterator[str]:
    identite, trouvee = modele.identite, ancien.version
    if trouvee is None:
        return
    nom, version = trouvee
    ici = f"{identite.id} {identite.version}"
    match situer(identite, trouvee):
        case Parente.ANCIENNE:
            apports = dire_les_ajouts(modele, changements(identite, trouvee).ajoutes)
            suite = f", qui ajoute {apports}" if apports else ""
            yield (
                f"Classeur de la version {version} du modèle, repris dans la version "
                f"{identite.version}{suite}."
            )
        case Parente.RECENTE:
            yield (
                f"Ce classeur suit la version {version} du modèle, plus récente que la "
                f"{identite.version} de ce programme : une colonne qu'il ne connaît pas suit comme "
                "une colonne de la commune."
            )
        case Parente.AUTRE:
            la_bas = citer(f"{nom} {version}")
            yield f"Ce classeur suit le modèle {la_bas}, repris dans {citer(ici)}."


def _dire_les_feuilles(ancien: Registre, modele: Modele, depuis: Pas) -> Iterator[str]:
    for depart, (devenir, endroits) in depuis.items():
        if "." not in depart and devenir is Devenir.RENOMME and endroits[0] in ancien.feuilles:
            nom, libelle = (
                ancien.feuilles[endroits[0]].lieu.feuille,
                modele.par_id[endroits[0]].libelle,
            )
            yield f"Feuille {citer(nom)} : elle se nomme maintenant {citer(libelle)}."


def _dire_la_colonne(modele: Modele, devenir: Devenir | None, endroits: tuple[str, ...]) -> str:
    ou = enumerer(_nommer(modele, endroit) for endroit in endroits)
    match devenir:
        case Devenir.RENOMME:
            return f"est maintenant {ou}"
        case Devenir.SCINDE:
            return f"se répartit maintenant entre {ou} : {_GARDEE}, à y reporter"
        case Devenir.DEPLACE:
            return f"est maintenant {ou} : {_GARDEE}, à y reporter"
        case Devenir.RETIRE:
            return f"n'est plus dans le modèle : {_GARDEE}"
        case None:
            return f"n'est pas dans cette version du modèle : {_GARDEE}"


def _dire_les_scissions(ancien: Registre, modele: Modele, depuis: Pas) -> Iterator[str]:
    """Les colonnes scindées qui gardent leur clé : leur texte est là, à répartir."""
    for depart, (devenir, endroits) in depuis.items():
        feuille, _, colonne = depart.partition(".")
        lue = ancien.feuilles.get(feuille)
        if devenir is Devenir.SCINDE and depart in endroits and lue and lue.lieu.a(colonne):
            autres = enumerer(_nommer(modele, e) for e in endroits if e != depart)
            yield (
                f"{lue.lieu.feuille} : {_nommer(modele, depart)} se répartit maintenant avec "
                f"{autres} : ses réponses suivent, à partager."
            )


def _nommer(modele: Modele, endroit: str) -> str:
    """« Libellé » dans Feuille ; l'endroit lui-même si une touche l'a retiré."""
    feuille, _, colonne = endroit.partition(".")
    decrite = modele.par_id.get(feuille)
    if decrite is None or colonne not in decrite.par_id:
        return citer(endroit)
    return f"{citer(decrite.libelle_de(colonne))} dans {decrite.libelle}"
