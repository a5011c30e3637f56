"""Ce que devient, colonne par colonne, un classeur préparé avec une autre version du modèle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set

from pilotage_xlsx.metier.etat import Etat, manque
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.versions import Devenir, Parente, Pas, changements, devenus, situer
from pilotage_xlsx.registre import Illisible, Ligne, Motif, Registre, Valeur
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.verification.apports import dire_les_ajouts
from pilotage_xlsx.verification.phrases import accorder, citer, enumerer

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


def dire_a_repondre(ancien: Registre, repris: Registre, modele: Modele) -> Iterator[str]:
    """Ce qu'il faut répondre de nouveau, une phrase par chose ; rien d'une même version."""
    if ancien.version is None or situer(modele.identite, ancien.version) is Parente.MEME:
        return
    depuis = changements(modele.identite, ancien.version)
    phrases = [
        *_demandees(repris, modele, depuis.ajoutes),
        *_a_reporter(ancien, repris, modele),
        *_plus_admises(repris, modele),
    ]
    if phrases:
        yield "À répondre de nouveau :"
        yield from phrases


def _demandees(repris: Registre, modele: Modele, ajoutes: Set[str]) -> Iterator[str]:
    """Les réponses exigées que l'ancienne version ne demandait pas, des lignes en vigueur."""
    etat = Etat(modele, repris)
    for feuille in modele.feuilles:
        for colonne in feuille.saisies:
            if f"{feuille.id}.{colonne.id}" in ajoutes or feuille.id in ajoutes:
                lignes = [x for x in etat.en_vigueur(feuille.id) if manque(colonne, x)]
                if lignes:
                    combien = accorder(len(lignes), "réponse")
                    yield f"- {feuille.libelle}, {citer(colonne.libelle)} : {combien}, nouvelles."


def _a_reporter(ancien: Registre, repris: Registre, modele: Modele) -> Iterator[str]:
    """Les réponses d'une colonne scindée ou déplacée, gardées dans une colonne de la commune."""
    connus = devenus(modele.identite)
    for feuille, lue in ancien.feuilles.items():
        for cle, entete in lue.anciennes.items():
            devenir, endroits = connus.get(cle, (None, ()))
            gardees = [x for x in repris.lignes(feuille) if _propre(x, entete) is not None]
            if gardees and devenir in (Devenir.SCINDE, Devenir.DEPLACE):
                ou = enumerer(_nommer(modele, endroit) for endroit in endroits)
                combien = accorder(len(gardees), "réponse")
                yield f"- {lue.lieu.feuille}, {citer(entete)} : {combien} à reporter dans {ou}."


def _propre(ligne: Ligne, entete: str) -> Valeur | None:
    """Ce que la ligne garde sous cet en-tête, ou sous celui qui l'a distingué d'un autre."""
    return ligne.propres.get(entete, ligne.propres.get(f"{entete} (2)"))


def _plus_admises(repris: Registre, modele: Modele) -> Iterator[str]:
    """Les réponses qui ne sont plus, ou pas encore, dans leur liste : gardées telles quelles."""
    for feuille in modele.feuilles:
        dites = Counter(
            (colonne, valeur.brut)
            for ligne in repris.lignes(feuille.id)
            for colonne, valeur in ligne.valeurs.items()
            if isinstance(valeur, Illisible) and valeur.motif is Motif.LISTE
        )
        for (colonne, brut), fois in dites.items():
            yield (
                f"- {feuille.libelle}, {citer(feuille.libelle_de(colonne))} : {citer(brut)} n'est "
                f"pas dans la liste ({accorder(fois, 'ligne')})."
            )


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
        if "." not in depart and devenir is Devenir.RETIRE:
            noms = (n for n in ancien.feuilles_propres if cle_large(n) == cle_large(depart))
            yield (
                f"Feuille {citer(next(noms, depart))} : elle n'est plus dans le modèle, et suit "
                "comme une feuille de la commune."
            )


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
