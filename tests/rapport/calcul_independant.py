"""Les chiffres du rapport, recomptés sans une ligne de notre code.

Écrit d'après le domaine (registres, conventions et §5 du rapport), avec openpyxl et Python nu : une
cellule se cherche sous le libellé de son en-tête, un registre sous le nom de sa feuille.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from tests.rapport.completude_independante import AVEU, CLE, est_en_vigueur, incompletes

Rangee = dict[str, Any]
DURABLE = "Durable ou significative"
DE_DROIT = "Base légale ou convention (canton, association)"
LIEES = ("Proposée", "Validée")


def compter(chemin: Path, annee: int, au: date) -> dict[str, str]:
    """Chaque chiffre que le rapport trace, tel qu'il s'écrit ; les comptes nuls n'y sont pas,
    sauf les cinq premiers."""
    livre = openpyxl.load_workbook(chemin, data_only=True)
    registres = {nom: _lire(livre[nom], cle) for nom, cle in CLE.items()}
    fiche = {r[1]: r[2] for r in livre["Commune"].iter_rows(max_col=3, values_only=True)}
    comptes, arrete = _cinq(registres, fiche, annee), min(au, date(annee, 12, 31))
    for nom, nombre in _annexe(registres, fiche, annee, au, arrete):
        if nombre:
            comptes[nom] = str(nombre)
    return {nom[:1].upper() + nom[1:]: valeur for nom, valeur in comptes.items()}


def mesurer_les_delais(chemin: Path, annee: int) -> dict[str, tuple[str, str]]:
    """Par incident de l'année : constat → référent, constat → exécutif, tels qu'ils se disent."""
    livre = openpyxl.load_workbook(chemin, data_only=True)
    fiche = {r[1]: r[2] for r in livre["Commune"].iter_rows(max_col=3, values_only=True)}
    jours = fiche.get("Information exécutif (jours)") or 7
    incidents = _lire(livre["Incidents"], CLE["Incidents"])
    return {
        i["N°"]: (
            _delai(i["Constaté le"], i["Référent informé le"], "manque", heures=24),
            _delai(
                i["Constaté le"],
                i["Exécutif informé le"],
                "manque" if _a_touche(i) else "pas demandé",
                jours=jours if _a_touche(i) else None,
            ),
        )
        for i in incidents
        if _annee(i["Constaté le"]) == annee
    }


def _a_touche(incident: Rangee) -> bool:
    touches = ("Service à la population touché", "Sécurité des données touchée")
    return "Oui" in [incident[touche] for touche in touches]


def _delai(
    debut: Any, fin: Any, sinon: str, *, heures: int | None = None, jours: int | None = None
) -> str:
    """À l'heure si les deux en portent une (minuit n'en est pas une), sinon au jour ; « tard »
    au-delà de ces heures, ou de ces jours comptés d'une date à l'autre."""
    if not (isinstance(debut, datetime) and isinstance(fin, datetime)):
        return sinon
    ecart, date_a_date = fin - debut, (fin.date() - debut.date()).days
    sans_heure = "00:00" in (f"{debut:%H:%M}", f"{fin:%H:%M}")
    est_tard = jours is not None and date_a_date > jours
    if heures is not None:
        passees = date_a_date * 24 if sans_heure else ecart.total_seconds() / 3600
        est_tard = passees > heures
    tard = ", tard" if est_tard else ""
    if sans_heure:
        pluriel = "jours" if date_a_date > 1 else "jour"
        return (
            "le jour même"
            if date_a_date == 0
            else f"{date_a_date} {pluriel}{tard}"
            if date_a_date > 0
            else "dates à vérifier"
        )
    minutes = round(ecart.total_seconds() / 60)
    if minutes < 0:
        return "dates à vérifier"
    if minutes < 60:
        return f"{minutes} min"
    if minutes >= 72 * 60:
        return f"{minutes // 1440} jours{tard}"
    reste = f" {minutes % 60:02}" if minutes % 60 else ""
    return f"{minutes // 60} h{reste}{tard}"


def _lire(feuille: Any, cle: str) -> list[Rangee]:
    rangees = list(feuille.iter_rows(values_only=True))
    debut = next(rang for rang, rangee in enumerate(rangees) if rangee[0] == "État")
    entetes = rangees[debut]
    lues = (
        {e: c for e, c in zip(entetes, r, strict=True) if e and not e.startswith("#")}
        for r in rangees[debut + 1 :]
    )
    return [rangee for rangee in lues if rangee[cle] not in (None, "")]


def _en_vigueur(registre: str, rangees: Iterable[Rangee], annee: int) -> list[Rangee]:
    return [rangee for rangee in rangees if est_en_vigueur(registre, rangee, annee)]


def _en_service(outils: Iterable[Rangee]) -> list[Rangee]:
    return [o for o in outils if o["Statut"] in (None, "En service", "À remplacer")]


def _cinq(registres: dict[str, list[Rangee]], fiche: Rangee, annee: int) -> dict[str, str]:
    en_service = _en_service(registres["Outils"])
    indispensables = [o for o in en_service if o["Criticité"] == "Indispensable"]
    couts = [o["Coût annuel (CHF)"] for o in en_service if _est_un_nombre(o["Coût annuel (CHF)"])]
    clarifier = sum(
        valeur == AVEU
        for registre in registres
        for rangee in _en_vigueur(registre, registres[registre], annee)
        for valeur in rangee.values()
    ) + sum(valeur == AVEU for valeur in fiche.values())
    cinq = {
        "outil indispensable": str(len(indispensables)),
        "restauration testée": _part(indispensables, "Sauvegarde", ("Restauration testée",)),
        "accès tenus par la commune": _part(
            indispensables, "Accès administrateur", ("Commune", "Commune et prestataire")
        ),
        "francs par an": _francs(sum(couts)) if couts else "–",
        "point à clarifier": str(clarifier),
    }
    if len(indispensables) > 1:
        cinq["outils indispensables"] = cinq.pop("outil indispensable")
    if clarifier > 1:
        cinq["points à clarifier"] = cinq.pop("point à clarifier")
    return cinq


def _est_un_nombre(valeur: Any) -> bool:
    return isinstance(valeur, int | float) and not isinstance(valeur, bool)


def _part(outils: list[Rangee], colonne: str, bonnes: tuple[str, ...]) -> str:
    concernes = [o for o in outils if o[colonne] != "Sans objet"]
    if not concernes:
        return "sans objet"
    return f"{sum(o[colonne] in bonnes for o in concernes)} sur {len(concernes)}"


def _francs(somme: float) -> str:
    entier = float(somme).is_integer()
    return (f"{somme:,.0f}" if entier else f"{somme:,.2f}").replace(",", "'")


def _annexe(
    registres: dict[str, list[Rangee]], fiche: Rangee, annee: int, au: date, arrete: date
) -> Iterable[tuple[str, int]]:
    """``arrete`` : le jour des chiffres, le 31 décembre au plus tard ; ``au`` : des contrats."""
    yield from incompletes(registres, annee)
    yield from _outils(registres, fiche, annee)
    yield from _decisions(registres["Décisions"], annee)
    yield from _incidents(registres, annee, arrete)
    yield from _dependance(registres)
    yield from _contrats(registres, au)
    yield from _partage(registres, annee)


def _outils(
    registres: dict[str, list[Rangee]], fiche: Rangee, annee: int
) -> Iterable[tuple[str, int]]:
    outils = registres["Outils"]
    en_service = _en_service(outils)
    yield "outils en service", len(en_service)
    indispensables = [o for o in en_service if o["Criticité"] == "Indispensable"]
    sans = sum(o["Sauvegarde"] == "Aucune" for o in indispensables)
    yield "indispensables sans sauvegarde", sans
    seuls = sum(o["Accès administrateur"] == "Prestataire seul" for o in indispensables)
    yield "indispensables dont le prestataire tient seul l'accès", seuls
    yield "outils nouveaux", _de(annee, en_service, "En service depuis")
    siens = [outil for outil in outils if outil["Statut"] != "À confirmer"]
    yield "outils arrêtés", _de(annee, siens, "Arrêté le")
    adoption = _jour(fiche.get("Note adoptée le"))
    yield (
        "outils sans décision inscrite",
        sum(_est_sans_decision(o, registres["Décisions"], adoption) for o in en_service),
    )


def _est_sans_decision(outil: Rangee, decisions: list[Rangee], adoption: date | None) -> bool:
    if _liees(outil, decisions, (*LIEES, "Remplacée")):
        return False
    if outil["Décision d'origine"]:
        return bool(outil["Décision d'origine"] == "Aucune décision trouvée")
    depuis = _jour(outil["En service depuis"])
    return bool(depuis and adoption and depuis > adoption)


def _liees(outil: Rangee, decisions: list[Rangee], statuts: tuple[str, ...] = LIEES) -> list[str]:
    """Les décisions qui citent l'outil, ou qu'il cite comme son origine."""
    origine = str(outil["Décision d'origine"] or "")
    return [
        d["N°"]
        for d in decisions
        if d["Statut"] in statuts
        and (d["N°"] == origine or outil["Outil ou service"] in _noms(d, "Outil ou service"))
    ]


def _noms(rangee: Rangee, debut: str) -> list[str]:
    colonne = next(nom for nom in rangee if nom.startswith(debut))
    return [nom.strip() for nom in str(rangee[colonne] or "").split(";")]


def _decisions(decisions: list[Rangee], annee: int) -> Iterable[tuple[str, int]]:
    de_l_annee = [d for d in decisions if _annee(d["Date"]) == annee]
    durables = [d for d in de_l_annee if d["Portée"] == DURABLE]
    executif = next((n for n in (decisions or [{}])[0] if n.startswith("Exécutif : séance")), "")
    yield "décisions de l'année", len(de_l_annee)
    yield "décisions durables", len(durables)
    validees = [d for d in durables if d["Statut"] == "Validée"]
    yield "décisions durables validées", len(validees)
    vues = sum(bool(_jour(d[executif])) for d in validees)
    yield "décisions durables validées, datées d'une séance", vues
    yield "décisions mises en œuvre", _de(annee, decisions, "Mise en œuvre le")
    yield "décisions en attente", sum(d["Statut"] == "Proposée" for d in decisions)


def _incidents(
    registres: dict[str, list[Rangee]], annee: int, au: date
) -> Iterable[tuple[str, int]]:
    incidents = [i for i in registres["Incidents"] if _annee(i["Constaté le"]) == annee]
    yield "incidents de l'année", len(incidents)
    touches = ("Service à la population touché", "Sécurité des données touchée")
    yield "incidents qui ont touché", sum("Oui" in [i[t] for t in touches] for i in incidents)
    vagues = sum("À déterminer" in [i[t] for t in touches] for i in incidents)
    yield "incidents à l'effet à déterminer", vagues
    ouverts = sum(i["Statut"] in ("Ouvert", "En cours") for i in incidents)
    yield "incidents de l'année encore ouverts", ouverts
    yield (
        "incidents d'années passées encore ouverts",
        sum(
            (an := _annee(i["Constaté le"])) is not None
            and an < annee
            and i["Statut"] in ("Ouvert", "En cours")
            for i in registres["Incidents"]
        ),
    )
    signalements = registres["Signalements"]
    yield "signalements reçus", _de(annee, signalements, "Date")
    yield "signalements clos", _de(annee, signalements, "Clos le")
    yield (
        "signalements ouverts depuis longtemps",
        sum(
            s["Statut"] in ("Nouveau", "En cours")
            and (jour := _jour(s["Date"])) is not None
            and jour < au - timedelta(days=30)
            for s in signalements
        ),
    )


def _dependance(registres: dict[str, list[Rangee]]) -> Iterable[tuple[str, int]]:
    en_service = _en_service(registres["Outils"])
    prestataires = {p["Nom"]: p for p in registres["Prestataires"]}
    for nom, nombre in Counter(
        o["Prestataire"] for o in en_service if o["Criticité"] == "Indispensable"
    ).items():
        if nom in prestataires:
            yield f"indispensables : {nom}", nombre
    captifs = [
        o
        for o in en_service
        if o["Criticité"] in ("Indispensable", "Important")
        and o["Remplacement"] == "Très difficile"
        and o["Récupération de nos données"] in ("Non prévue", "À clarifier")
        and o["Mutualisation"] != "Fourni par le canton"
        and prestataires.get(o["Prestataire"], {}).get("Contrat écrit") != DE_DROIT
    ]
    yield "outils très difficiles à quitter", len(captifs)
    personnels = [o for o in en_service if o["Données personnelles"] in ("Ordinaires", "Sensibles")]
    for lieu, nombre in Counter(
        o["Lieu des données"] or "Pas de réponse" for o in personnels
    ).items():
        yield f"données personnelles : {lieu}", nombre
    sensibles = [o for o in personnels if o["Données personnelles"] == "Sensibles"]
    yield "outils à données sensibles", len(sensibles)
    etrangers = sum(_a_un_groupe_etranger(outil, prestataires) for outil in sensibles)
    yield "données sensibles, groupe hors de Suisse", etrangers


def _a_un_groupe_etranger(outil: Rangee, prestataires: dict[str, Rangee]) -> bool:
    """Vrai si l'un de ses prestataires, principal ou non, a son siège hors de Suisse."""
    noms = (outil["Prestataire"], *_noms(outil, "Autre prestataire"))
    sieges = [prestataires.get(nom, {}).get("Siège du groupe") for nom in noms]
    return any(siege in ("UE/EEE", "États-Unis", "Autre pays") for siege in sieges)


def _contrats(registres: dict[str, list[Rangee]], au: date) -> Iterable[tuple[str, int]]:
    en_service = _en_service(registres["Outils"])
    noms = {p["Nom"] for p in registres["Prestataires"]}
    fin = au.replace(year=au.year + 1)
    echeances = [_jour(o["Échéance du contrat"]) for o in en_service]
    yield "échéances des douze mois", sum(bool(j and au <= j <= fin) for j in echeances)
    yield (
        "contrats reconduits sans décision",
        sum(
            o["Renouvellement"] == "Tacite"
            and (dernier := _dernier_jour(o)) is not None
            and dernier < au
            and not _liees(o, registres["Décisions"])
            for o in en_service
        ),
    )
    sans = [o for o in en_service if not o["Échéance du contrat"]]
    indetermines = [o for o in sans if o["Renouvellement"] == "Durée indéterminée"]
    yield "contrats à durée indéterminée", len(indetermines)
    autres = [o for o in sans if o["Renouvellement"] not in ("Durée indéterminée", "Sans contrat")]
    yield "contrats sans fin inscrite", sum(o["Prestataire"] in noms for o in autres)
    actifs = _en_vigueur("Prestataires", registres["Prestataires"], au.year)
    for contrat, nombre in Counter(p["Contrat écrit"] or "Pas de réponse" for p in actifs).items():
        yield f"contrat écrit : {contrat.lower()}", nombre


def _dernier_jour(outil: Rangee) -> date | None:
    """L'échéance moins le délai en mois, au dernier jour du mois s'il le faut."""
    fin, delai = _jour(outil["Échéance du contrat"]), outil["Délai de résiliation (mois)"]
    if fin is None or not _est_un_nombre(delai):
        return None
    annee, mois = divmod(fin.year * 12 + fin.month - 1 - int(delai), 12)
    return date(annee, mois + 1, min(fin.day, monthrange(annee, mois + 1)[1]))


def _partage(registres: dict[str, list[Rangee]], annee: int) -> Iterable[tuple[str, int]]:
    en_service = _en_service(registres["Outils"])
    partages = Counter(o["Mutualisation"] for o in en_service)
    yield "outils partagés", partages["Partagé avec d'autres communes"]
    yield "outils fournis par le canton", partages["Fourni par le canton"]
    yield "échanges de l'année", _de(annee, registres["Échanges"], "Date")
    yield (
        "solutions mutualisées examinées",
        sum(
            _annee(d["Date"]) == annee
            and d["Portée"] == DURABLE
            and str(d["Solution mutualisée examinée"]).startswith("Oui")
            for d in registres["Décisions"]
        ),
    )


def _jour(valeur: Any) -> date | None:
    if isinstance(valeur, datetime):
        return valeur.date()
    return valeur if isinstance(valeur, date) else None


def _annee(valeur: Any) -> int | None:
    jour = _jour(valeur)
    return jour.year if jour else None


def _de(annee: int, rangees: Iterable[Rangee], colonne: str) -> int:
    return sum(_annee(rangee[colonne]) == annee for rangee in rangees)
