"""Ce qui se dit d'un import : la proposition, ce qui s'inscrit, et le compte de chaque cellule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pilotage_xlsx.importation.attribution import Attribution, Confiance, Emploi
from pilotage_xlsx.importation.comptes import BilanDesCellules
from pilotage_xlsx.importation.decoupage import LigneEcartee, RaisonDEcart
from pilotage_xlsx.importation.lignes import LignesAjoutees
from pilotage_xlsx.importation.proposition import ListeProposee, TableProposee, dire_ou
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.socle.textes import Texte, normaliser
from pilotage_xlsx.socle.typographie import nombre

_CITES = 5
_ETROITE = 2

_ECARTS = {
    RaisonDEcart.TITRE: ("titre au-dessus sauté", "titres au-dessus sautés"),
    RaisonDEcart.TOTAL: ("total sauté", "totaux sautés"),
    RaisonDEcart.REPETE: ("en-tête répété sauté", "en-têtes répétés sautés"),
    RaisonDEcart.NOTE: ("note sous la liste sautée", "notes sous la liste sautées"),
    RaisonDEcart.NOMBRES: (
        "ligne de nombres sans nom sautée",
        "lignes de nombres sans nom sautées",
    ),
}


def dire_la_liste(proposee: ListeProposee, modele: Modele) -> Iterator[str]:
    """Une phrase par table, par ligne écartée, par valeur incomprise."""
    for une in proposee.tables:
        yield dire_un_refus(une) if une.feuille is None else _dire_la_table(une)
        if une.feuille is not None:
            yield from _dire_les_groupes(une)
            yield from _dire_les_laissees(une)
            yield from _dire_les_incomprises(une, modele)
    yield from _dire_les_ecarts(proposee.ecarts)


def dire_un_refus(une: TableProposee) -> str:
    """Pourquoi rien n'est pris d'une table."""
    quoi = f"{une.table.nom} : {une.refus}"
    if "appareils" in une.refus:
        return (
            f"{quoi} (ordinateurs, écrans, téléphones), pas de logiciels ni de prestataires : "
            "rien n'en est pris. Le classeur inscrit ce que la commune utilise, pas chaque machine."
        )
    return f"{quoi} : rien n'en est pris."


def _dire_la_table(une: TableProposee) -> str:
    """« Feuil1 : 12 lignes pour « Outils ». 8 colonnes trouvent leur place, 3 restent à vous. »."""
    placees = [a for a in une.attributions if a.emploi is Emploi.MODELE]
    propres = [a for a in une.attributions if a.emploi is Emploi.PROPRE]
    a_voir = sum(a.confiance is Confiance.A_VERIFIER for a in placees)
    libelle = une.feuille.libelle if une.feuille else ""
    lignes = _accorder(len(une.table.lignes), "ligne", "lignes")
    trouvent = _accorder(len(placees), "colonne trouve sa place", "colonnes trouvent leur place")
    phrase = f"{une.table.nom} : {lignes} pour « {libelle} ». {trouvent}"
    phrase += f" (dont {a_voir} à vérifier)" if a_voir else ""
    if propres:
        restent = _accorder(len(propres), "reste une colonne", "restent des colonnes")
        phrase += f", {restent} à vous : {_citer(a.entete.texte for a in propres)}"
    return f"{phrase}."


def _dire_les_groupes(une: TableProposee) -> Iterator[str]:
    """Les titres de groupe, et les lignes d'un seul texte qui en sont peut-être."""
    titres = une.table.titres_de_groupe.items()
    if titres:
        combien = _accorder(len(titres), "titre de groupe", "titres de groupe")
        dits = _citer(f"ligne {ligne}, {texte}" for ligne, (_, texte) in titres)
        yield f"{une.table.nom} : {combien}, dans la colonne « Groupe » : {dits}."
    rangs = {ligne: une.table.tableau.lignes[ligne] for ligne in une.table.lignes}
    seules = {ligne: rang for ligne, rang in rangs.items() if len(rang) == 1}
    if seules and any(len(rang) > _ETROITE for rang in rangs.values()):
        combien = _accorder(len(seules), "ligne n'a qu'une cellule", "lignes n'ont qu'une cellule")
        dits = _citer(f"ligne {n}, {c.texte}" for n, rang in seules.items() for c in rang.values())
        yield f"{une.table.nom} : {combien} remplie, à vérifier : {dits}."


def _dire_les_laissees(une: TableProposee) -> Iterator[str]:
    for attribution in une.attributions:
        if attribution.emploi is Emploi.LAISSEE and any(
            une.table.cellules(attribution.entete.place)
        ):
            yield (
                f"{une.table.nom} : la colonne {_nommer(attribution)} n'est pas reprise, "
                f"{attribution.pourquoi}."
            )


def _dire_les_incomprises(une: TableProposee, modele: Modele) -> Iterator[str]:
    """Ce qui ne se lit pas dans sa colonne reste tel que tapé, et le contrôle le dira."""
    for place, lecteur in une.lecteurs(modele).items():
        cellules = [cellule for _, cellule in une.table.cellules(place)]
        tapees = Counter(lecteur.texte(c) for c in cellules if not lecteur.comprend(c))
        if tapees:
            gardees = _accorder(
                tapees.total(),
                "cellule gardée telle que tapée",
                "cellules gardées telles que tapées",
            )
            yield (
                f"{une.table.nom}, « {lecteur.colonne.libelle} » : {gardees} ({_citer(tapees)}) ; "
                "le contrôle dira quoi écrire."
            )


def _dire_les_ecarts(ecarts: Sequence[LigneEcartee]) -> Iterator[str]:
    for raison, (un, plusieurs) in _ECARTS.items():
        siens = [ecart for ecart in ecarts if ecart.raison is raison]
        if siens:
            yield (
                f"{_accorder(len(siens), un, plusieurs)} : "
                f"{_citer(f'ligne {e.ligne}, {e.texte}' for e in siens)}."
            )
    for tableau in dict.fromkeys(e.tableau for e in ecarts if e.raison is RaisonDEcart.SANS_TABLE):
        siens = [e for e in ecarts if e.tableau == tableau]
        combien = sum(len(e.places) for e in siens)
        cellules = _accorder(combien, "cellule", "cellules")
        yield f"{tableau} : {RaisonDEcart.SANS_TABLE}, {cellules} laissées."


def dire_l_inscription(
    apport: LignesAjoutees, bilan: BilanDesCellules, modele: Modele
) -> Iterator[str]:
    """Ce qui était déjà là, ce qui se ressemble, ce qui n'est que cité, et le compte."""
    if apport.identiques:
        lignes = [f"ligne {origine.ligne}" for origine, _ in apport.identiques]
        combien = _accorder(len(lignes), "ligne", "lignes")
        sont = "est déjà inscrite" if len(lignes) < 2 else "sont déjà inscrites"
        yield f"{combien} de la liste {sont} à l'identique, et pas deux fois : {_citer(lignes)}."
    for une in islice(apport.ressemblances, 20):
        ou = "déjà inscrite" if une.est_deja_la else "de la même liste"
        registre = modele.par_id[une.registre].libelle
        yield (
            f"{registre} : {_guillemets(une.une)} ressemble à {_guillemets(une.autre)}, {ou} ; "
            "les deux lignes y sont, à vous de n'en garder qu'une."
        )
    if (reste := len(apport.ressemblances) - 20) > 0:
        yield f"Et {nombre(reste)} autres ressemblances."
    for registre, dit, inscrit in apport.proches:
        libelle = modele.par_id[registre].libelle
        yield (
            f"{_guillemets(dit)} ressemble à {_guillemets(inscrit)}, inscrit dans {libelle} : "
            "gardé tel que tapé, la correction propose de l'écrire pareil."
        )
    for registre in dict.fromkeys(registre for registre, _ in apport.cites):
        noms = [nom for autre, nom in apport.cites if autre == registre]
        feuille = modele.par_id[registre]
        inscrits = "inscrit aussi" if len(noms) == 1 else "inscrits aussi"
        yield (
            f"{_accorder(len(noms), 'nom cité est', 'noms cités sont')} {inscrits} dans "
            f"« {feuille.libelle} », à compléter : {_citer(noms)}."
        )
    yield _dire_le_compte(bilan)


def _dire_le_compte(bilan: BilanDesCellules) -> str:
    """« 120 cellules remplies dans la liste : 80 dans les colonnes du classeur, … »."""
    ecartees = bilan.ecartees
    parts = (
        (bilan.au_modele, "dans les colonnes du classeur"),
        (bilan.a_la_commune, "dans des colonnes à vous"),
        (bilan.titres_de_groupe, "de titre de groupe, dans la colonne « Groupe »"),
        (bilan.deja_inscrites, "déjà inscrites"),
        (ecartees.get(RaisonDEcart.ENTETE, 0), "d'en-tête"),
        (ecartees.get(RaisonDEcart.REPETE, 0), "d'en-tête répété"),
        (ecartees.get(RaisonDEcart.TITRE, 0), "de titre"),
        (ecartees.get(RaisonDEcart.TOTAL, 0), "de total"),
        (ecartees.get(RaisonDEcart.NOTE, 0), "de note"),
        (ecartees.get(RaisonDEcart.NOMBRES, 0), "de nombres sans nom"),
        (ecartees.get(RaisonDEcart.SANS_TABLE, 0), "hors de toute liste"),
        (bilan.laissees, "de colonnes laissées"),
        (bilan.refusees, "de listes laissées"),
    )
    dites = ", ".join(f"{nombre(combien)} {quoi}" for combien, quoi in parts if combien)
    remplies = _accorder(bilan.recues, "cellule remplie", "cellules remplies")
    return f"{remplies} dans la liste : {dites}. Aucune ne manque."


def montrer(proposee: ListeProposee) -> Iterator[str]:
    """La proposition, une ligne par colonne, pour l'écran."""
    for une in proposee.tables:
        if une.feuille is None:
            yield dire_un_refus(une)
            continue
        lignes = _accorder(len(une.table.lignes), "ligne", "lignes")
        yield f"{une.table.nom} : {lignes} → {une.feuille.libelle}"
        noms = [_nommer(a) for a in une.attributions]
        ou = [dire_ou(a, une.feuille) for a in une.attributions]
        largeurs = max(map(len, noms), default=0), max(map(len, ou), default=0)
        for attribution, nom, va in zip(une.attributions, noms, ou, strict=True):
            place = lettres_de(attribution.entete.place)
            yield (
                f"  {place:<3}{nom:<{largeurs[0]}}  → {va:<{largeurs[1]}}  "
                f"{attribution.confiance} : {attribution.pourquoi}"
            )
            for valeur in une.valeurs:
                if valeur.place == attribution.entete.place:
                    dite = valeur.inscrite or "gardée telle que tapée"
                    yield f"       {_guillemets(valeur.ecrite)} → {dite}"


def _nommer(attribution: Attribution) -> str:
    texte = normaliser(attribution.entete.texte) or "(sans en-tête)"
    return _guillemets(texte)


def _guillemets(texte: Texte) -> str:
    return f"« {extraire(normaliser(texte))} »"


def _citer(textes: Iterable[Texte]) -> str:
    """Les premiers, entre guillemets, et combien d'autres."""
    tous = [_guillemets(texte or "sans en-tête") for texte in textes]
    reste = len(tous) - _CITES
    if reste < 2:
        return ", ".join(tous)
    return f"{', '.join(tous[:_CITES])} et {nombre(reste)} autres"


def _accorder(combien: int, un: str, plusieurs: str) -> str:
    return f"{nombre(combien)} {un if combien < 2 else plusieurs}"
