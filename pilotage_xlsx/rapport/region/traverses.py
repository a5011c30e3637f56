"""Ce qui traverse les communes : premiers prestataires, échéances, ensemble, médianes, absentes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median, quantiles

from pilotage_xlsx.metier.chiffres import CINQ
from pilotage_xlsx.metier.chiffres.incidents import INCIDENTS
from pilotage_xlsx.metier.chiffres.parc import COUT_ANNUEL, EN_SERVICE
from pilotage_xlsx.metier.mesure import Chiffre, Mesures
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import (
    Case,
    ColonneDeTable,
    GenreDeColonne,
    Section,
    Tableau,
)
from pilotage_xlsx.rapport.mots import abreger, compter, epurer, majuscule
from pilotage_xlsx.rapport.region.chiffres import FinDeContrat, Region, habitants_de
from pilotage_xlsx.rapport.sections.cartes import montrer
from pilotage_xlsx.socle.textes import cle
from pilotage_xlsx.socle.typographie import montant, nombre

_SUR_LA_PAGE, _AU_LARGE = 5, 9
"""Les lignes d'un tableau de la première page ; au large, si peu de communes la suivent."""
_PEU = 6
_NOM, _DEUX = 44, 70
_NOMMEES = 30
_ASSEZ = 5
"""Une médiane de moins de cinq communes en désignerait une."""


def sur_la_page(region: Region) -> tuple[Tableau, ...]:
    """Les tableaux de la première page ; chacun a quatre colonnes."""
    tous = (_premiers(region), _prochaines(region), _ensemble(region))
    return tuple(tableau for tableau in tous if tableau.lignes)


def _lignes(region: Region) -> int:
    return _AU_LARGE if len(region.communes) <= _PEU else _SUR_LA_PAGE


def _premiers(region: Region) -> Tableau:
    colonnes = (
        ColonneDeTable("Prestataire", GenreDeColonne.FORT, 34),
        ColonneDeTable("Communes touchées", GenreDeColonne.MESURE, 18),
        ColonneDeTable("Outils indispensables", GenreDeColonne.NOMBRE, 22),
        ColonneDeTable("Habitants touchés", GenreDeColonne.NOMBRE, 18),
    )
    lignes = tuple(
        (
            abreger(epurer(p.nom), _NOM),
            f"{nombre(len(p.touchees))} sur {nombre(len(region.communes))}",
            p.indispensables,
            p.habitants,
        )
        for p in region.partages.prestataires[: _lignes(region)]
        if p.indispensables
    )
    return Tableau("Si ce prestataire s'arrête", colonnes, lignes)


def _prochaines(region: Region) -> Tableau:
    colonnes = (
        ColonneDeTable("Outil et commune", GenreDeColonne.FORT, 40),
        ColonneDeTable("Dernier jour", GenreDeColonne.DATE, 12),
        ColonneDeTable("Fin du contrat", GenreDeColonne.DATE, 12),
        ColonneDeTable("Prestataire", GenreDeColonne.TEXTE, 28),
    )
    groupes = _a_prendre_ensemble(region.partages.fins)[: _lignes(region)]
    lignes = tuple(
        (
            abreger(f"{epurer(fin.outil)}, {epurer(fin.commune)}", _DEUX)
            + _dire_les_autres(autres),
            fin.dernier_jour,
            fin.fin,
            abreger(epurer(fin.prestataire), _NOM) or "–",
        )
        for fin, *autres in groupes
    )
    reste = len(region.partages.fins) - sum(map(len, groupes))
    suite = f" (et {nombre(reste)} en annexe)" if reste > 0 else ""
    return Tableau(f"Prochaines échéances{suite}", colonnes, lignes)


def _a_prendre_ensemble(fins: Sequence[FinDeContrat]) -> list[list[FinDeContrat]]:
    """Les contrats d'un prestataire qui ont les mêmes jours : le plus proche d'abord, puis le plus
    répandu. De trois cents communes, cinq lignes disent ainsi plus que cinq contrats."""
    groupes: dict[tuple[date, date, str], list[FinDeContrat]] = {}
    for fin in fins:
        if fin.dernier_jour is not None:
            qui = cle(fin.prestataire) or f"{fin.outil}, {fin.commune}"
            groupes.setdefault((fin.dernier_jour, fin.fin, qui), []).append(fin)
    tries = sorted(groupes.items(), key=lambda groupe: (groupe[0][0], -len(groupe[1])))
    return [groupe for _, groupe in tries]


def _dire_les_autres(autres: Sequence[FinDeContrat]) -> str:
    return f" et {compter(len(autres), 'autre')}" if autres else ""


def _ensemble(region: Region) -> Tableau:
    colonnes = (
        ColonneDeTable("Quoi, et ce qui réunit", GenreDeColonne.FORT, 40),
        ColonneDeTable("Communes", GenreDeColonne.NOMBRE, 10),
        ColonneDeTable("Dernier jour commun", GenreDeColonne.DATE, 14),
        ColonneDeTable("À qui parler en premier", GenreDeColonne.TEXTE, 28),
    )
    lignes = tuple(
        (
            abreger(f"{epurer(un.quoi)} ({un.raison.lower()})", _DEUX),
            un.communes,
            un.dernier_jour,
            abreger(epurer(un.premiere), _NOM),
        )
        for un in region.partages.en_commun[: _lignes(region)]
    )
    return Tableau("Ce qui pourrait se faire ensemble", colonnes, lignes)


def dire_les_absentes(region: Region) -> tuple[str, ...]:
    """Qui n'a pas envoyé de classeur, si l'on sait qui était attendu."""
    attendues = region.attendues
    if attendues is None:
        return ()
    if not attendues.manquantes:
        return (f"Les {nombre(attendues.combien)} communes attendues ont envoyé leur classeur.",)
    combien = nombre(len(attendues.manquantes))
    noms = [abreger(epurer(nom), _NOM) for nom in attendues.manquantes[:12]]
    reste = len(attendues.manquantes) - len(noms)
    suite = f" et {nombre(reste)} autres, en annexe" if reste > 0 else ""
    total = compter(attendues.combien, "attendue")
    return (f"Pas de classeur reçu de {combien} sur {total} : {', '.join(noms)}{suite}.",)


def absentes(region: Region) -> Section | None:
    """La liste entière des communes sans classeur, et de celles que l'on n'attendait pas."""
    attendues = region.attendues
    if attendues is None or not (attendues.manquantes or attendues.en_plus):
        return None
    colonnes = (
        ColonneDeTable("Commune", GenreDeColonne.FORT, 40),
        ColonneDeTable("Classeur", largeur=40),
    )
    lignes = (
        *((abreger(epurer(nom), _NOM), "attendu, pas reçu") for nom in attendues.manquantes),
        *((abreger(epurer(nom), _NOM), "reçu, pas attendu") for nom in attendues.en_plus),
    )
    tableau = Tableau("Les classeurs attendus et reçus", colonnes, lignes)
    return Section(
        "absentes", "Classeurs attendus", "Qui n'a pas envoyé son classeur", (), (tableau,)
    )


def prestataires(region: Region) -> Section | None:
    """Chaque prestataire de plusieurs communes : qui serait touché s'il s'arrêtait."""
    tous = [p for p in region.partages.prestataires if len(p.communes) > 1]
    if not tous:
        return None
    colonnes = (
        ColonneDeTable("Prestataire", GenreDeColonne.FORT, 30),
        ColonneDeTable("Communes", GenreDeColonne.NOMBRE, 13),
        ColonneDeTable("Outils indispensables", GenreDeColonne.NOMBRE, 16),
        ColonneDeTable("Habitants touchés", GenreDeColonne.NOMBRE, 14),
        ColonneDeTable("Communes touchées", largeur=50),
    )
    lignes = tuple(
        (abreger(epurer(p.nom), _NOM), len(p.communes), p.indispensables, p.habitants,
         _enumerer(p.touchees))
        for p in tous
    )  # fmt: skip
    phrase = (
        "Une commune est touchée si l'un de ses outils indispensables vient de ce prestataire. Ce "
        "que donne le canton n'y est pas."
    )
    tableau = Tableau("Les prestataires de plusieurs communes", colonnes, lignes)
    return Section(
        "prestataires", "Prestataires", "Si ce prestataire s'arrête", (phrase,), (tableau,)
    )


def _enumerer(noms: Sequence[str]) -> str:
    reste = len(noms) - _NOMMEES
    suite = f" et {nombre(reste)} autres" if reste > 0 else ""
    return ", ".join(abreger(epurer(nom), _NOM) for nom in noms[:_NOMMEES]) + suite or "aucune"


def fins(region: Region) -> Section | None:
    """Les échéances des douze mois, chacune par son nom."""
    if not region.partages.fins:
        return None
    colonnes = (
        ColonneDeTable("Dernier jour", GenreDeColonne.DATE, 12),
        ColonneDeTable("Fin du contrat", GenreDeColonne.DATE, 12),
        ColonneDeTable("Outil", GenreDeColonne.FORT, 30),
        ColonneDeTable("Prestataire", largeur=28),
        ColonneDeTable("Commune", largeur=26),
    )
    lignes = tuple(
        (f.dernier_jour, f.fin, abreger(epurer(f.outil), _NOM),
         abreger(epurer(f.prestataire), _NOM) or "–", abreger(epurer(f.commune), _NOM))
        for f in region.partages.fins
    )  # fmt: skip
    phrase = "Sans dernier jour : il est passé, le contrat se reconduit ou finit de lui-même."
    tableau = Tableau("Les échéances, par date", colonnes, lignes)
    return Section("echeances", "Échéances", "Échéances des douze mois", (phrase,), (tableau,))


def ensemble(region: Region) -> Section | None:
    """Ce que plusieurs communes pourraient faire ensemble : le début de ``mutualiser``."""
    if not region.partages.en_commun:
        return None
    colonnes = (
        ColonneDeTable("Quoi", GenreDeColonne.FORT, 32),
        ColonneDeTable("Ce qui réunit", largeur=22),
        ColonneDeTable("Communes", GenreDeColonne.NOMBRE, 10),
        ColonneDeTable("Francs par an", GenreDeColonne.MONTANT, 14),
        ColonneDeTable("Dernier jour commun", GenreDeColonne.DATE, 14),
        ColonneDeTable("À qui parler en premier", largeur=26),
    )
    lignes = tuple(
        (abreger(epurer(un.quoi), _NOM), un.raison, un.communes, un.francs, un.dernier_jour,
         abreger(epurer(un.premiere), _NOM))
        for un in region.partages.en_commun
    )  # fmt: skip
    phrase = "La liste entière, et les contacts transmis, sont dans le classeur des occasions."
    tableau = Tableau("Par où commencer", colonnes, lignes)
    return Section(
        "ensemble", "Ensemble", "Ce qui pourrait se faire ensemble", (phrase,), (tableau,)
    )


def deux_annees(region: Region) -> Section | None:
    """Les cinq chiffres des communes dont les deux années sont là : les mêmes communes."""
    suivies = [rapport for rapport in region.communes if rapport.anciennes is not None]
    if not suivies:
        return None
    avant = Mesures.reunir([r.anciennes for r in suivies if r.anciennes is not None], CINQ)
    apres = Mesures.reunir([rapport.mesures for rapport in suivies], CINQ)
    colonnes = (
        ColonneDeTable("Chiffre", GenreDeColonne.FORT, 44),
        ColonneDeTable(str(region.annee - 1), GenreDeColonne.MESURE, 16),
        ColonneDeTable(str(region.annee), GenreDeColonne.MESURE, 16),
    )
    lignes = tuple(
        (
            majuscule(chiffre.libelle),
            montrer(chiffre, avant[chiffre]),
            montrer(chiffre, apres[chiffre]),
        )
        for chiffre in CINQ
    )
    phrase = (
        f"Pour {compter(len(suivies), 'commune')} sur {nombre(len(region.communes))} : celles dont "
        f"les classeurs de {region.annee - 1} et de {region.annee} sont là."
    )
    tableau = Tableau("Deux années, les mêmes communes", colonnes, lignes)
    return Section("deux-annees", "Deux années", "D'une année à l'autre", (phrase,), (tableau,))


def medianes(region: Region) -> Section | None:
    """La commune du milieu, et entre quoi se tient la moitié ; personne n'est nommé ni classé."""
    lignes = tuple(
        ligne
        for libelle, valeurs in _distributions(region)
        if len(valeurs) >= _ASSEZ
        for ligne in (_resumer(libelle, valeurs),)
    )
    if not lignes:
        return None
    colonnes = (
        ColonneDeTable("Chiffre, par commune", GenreDeColonne.FORT, 44),
        ColonneDeTable("Médiane", GenreDeColonne.MESURE, 14),
        ColonneDeTable("La moitié des communes entre", GenreDeColonne.MESURE, 24),
        ColonneDeTable("Communes comptées", GenreDeColonne.NOMBRE, 12),
    )
    phrase = "La médiane est la valeur de la commune du milieu. Aucune commune n'est classée."
    tableau = Tableau("Médianes", colonnes, lignes)
    return Section("medianes", "Médianes", "La commune du milieu", (phrase,), (tableau,))


def _distributions(region: Region) -> Iterator[tuple[str, list[float]]]:
    """Chaque chiffre, et ses valeurs là où il se mesure."""
    yield "Habitants", [h for r in region.communes if (h := habitants_de(r)) is not None]
    for chiffre in (EN_SERVICE, *CINQ, INCIDENTS):
        valeurs = [v for r in region.communes if (v := _valeur(r, chiffre)) is not None]
        yield _intituler(chiffre), valeurs
    yield (
        "Coût annuel inscrit par habitant",
        [
            cout / habitants
            for r in region.communes
            if (habitants := habitants_de(r)) and (cout := _valeur(r, COUT_ANNUEL))
        ],
    )


def _intituler(chiffre: Chiffre) -> str:
    libelle = majuscule(chiffre.libelle)
    return (
        libelle if chiffre.base is None or chiffre.est_un_montant else f"{libelle} : il en manque"
    )


def _valeur(rapport: Rapport, chiffre: Chiffre) -> float | None:
    """Sa valeur ; ce qui manque pour une part ; rien si la question ne se pose pas."""
    mesure = rapport.mesures[chiffre]
    if chiffre.est_un_montant:
        return mesure.valeur if mesure.lignes else None
    if chiffre.base is None:
        return mesure.valeur
    return mesure.sur - mesure.valeur if mesure.sur else None


def _resumer(libelle: str, valeurs: Sequence[float]) -> tuple[Case, ...]:
    bas, _, haut = quantiles(valeurs, n=4, method="inclusive")
    entre = f"{_ecrire(bas)} et {_ecrire(haut)}"
    return (libelle, _ecrire(median(valeurs)), entre, len(valeurs))


def _ecrire(valeur: float) -> str:
    """Un nombre entier tel quel, ou avec ses décimales s'il est petit."""
    if float(valeur).is_integer() or valeur >= 100:
        return nombre(round(valeur))
    return montant(valeur) if valeur >= 10 else nombre(round(valeur, 1))
