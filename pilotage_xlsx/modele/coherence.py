"""La cohérence d'un modèle : ce qui demande de le connaître tout entier.

Chaque examen est un générateur de phrases « fichier : clé : faute » ; aucun ne s'arrête à la
première. Ce qu'un tableur ne saurait porter est dit par `bornes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from itertools import pairwise

from pilotage_xlsx.modele import (
    ACCEPTES,
    SEPARATEUR,
    Colonne,
    Feuille,
    Forme,
    Genre,
    Kit,
    LigneDuKit,
    Modele,
)
from pilotage_xlsx.modele.bareme import est_une_part
from pilotage_xlsx.modele.bornes import hors_bornes
from pilotage_xlsx.modele.condition import Condition, Parmi, Sauf
from pilotage_xlsx.modele.identite import Depuis, Unite
from pilotage_xlsx.modele.versions import comparer, composer
from pilotage_xlsx.modele.vocabulaire import Mot, ecritures
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import cle_large

_DATES = (Genre.DATE, Genre.DATE_HEURE)

_NOMMEES = {
    "commune": (
        "commune", "canton", "annee", "seuil_alerte_contrat", "seuil_preparation",
        "seuil_concentration", "seuil_relecture", "seuil_information",
    ),
    "outils": (
        "prestataire", "lieu_donnees", "autre_prestataire", "echeance", "delai_resiliation",
        "renouvellement", "dernier_jour", "cout_annuel", "decision_origine",
    ),
    "prestataires": ("contrat",),
    "decisions": ("date", "outil", "decision", "a_revoir_le", "remplace"),
    "incidents": ("executif_informe_le", "annonce_ofcs"),
    "signalements": (),
    "acceptes": ("regle", "ligne", "motif", "jusqu_au"),
}  # fmt: skip
"""Les feuilles et les colonnes que les règles, le rapport ou le classeur ne peuvent pas ne pas
trouver."""

_IDENTIFIANT = motif(r"[a-z][a-z0-9_]*")


def incoherences(modele: Modele, herites: Set[str] = frozenset()) -> Iterator[str]:
    """Toutes les fautes du modèle ; aucune s'il est bon.

    ``herites`` : les endroits que l'histoire de sa base nomme ; une touche a pu les retirer.
    """
    manquantes = [nom for nom in _NOMMEES if nom not in modele.par_id and nom != ACCEPTES]
    for nom in manquantes:
        yield f"modele.toml : feuilles : il manque « {nom} », dont les contrôles ont besoin"
    if manquantes:
        return
    yield from _formes(modele)
    for feuille in modele.a_lire:
        for faute in (*_feuille(modele, feuille), *_colonnes(modele, feuille)):
            yield f"feuilles/{feuille.id}.toml : {faute}"
    yield from hors_bornes(modele)
    for nom, liste in modele.listes.items():
        for faute in (*_mots(liste.mots), *_mots_de_la_commune(modele, liste.valeurs)):
            yield f"listes.toml : {nom} : {faute}"
    yield from (f"kit.toml : {faute}" for faute in _kit(modele))
    for nom, unite in modele.identite.unites.items():
        for faute in _unite(unite):
            yield f"modele.toml : unites {nom} : {faute}"
    grands = modele.note.grands_fournisseurs
    if grands and grands.fait not in {fait.id for fait in modele.note.faits}:
        yield f"note.toml : grands_fournisseurs : le fait « {grands.fait} » n'existe pas"
    yield from _versions(modele, herites)


def _mots(mots: tuple[Mot, ...]) -> Iterator[str]:
    """Les fautes d'une suite de valeurs : chacune a sa clé, et rien ne se lit de deux façons."""
    for mot in mots:
        for nom in (mot.cle, *mot.est):
            if not _IDENTIFIANT.fullmatch(nom):
                yield f"cle, est : minuscules ASCII, chiffres et « _ » seulement, « {nom} »"
    for double in _doubles(mot.cle for mot in mots):
        yield f"cle en double, « {double} »"
    for marque in {marque for mot in mots for marque in mot.est} & {mot.cle for mot in mots}:
        yield f"est : « {marque} » est déjà la clé d'une valeur"
    for double in _doubles(_ecritures(mots)):
        yield f"valeur en double, « {double} »"


def _mots_de_la_commune(modele: Modele, valeurs: tuple[Mot, ...]) -> Iterator[str]:
    """La colonne qui nomme une valeur est un texte de la fiche ; un mot équivoque ne se lit pas."""
    nommees = [mot.nomme_par for mot in valeurs if mot.nomme_par]
    for colonne in nommees:
        decrite = next((c for c in modele.fiche.colonnes if c.id == colonne), None)
        if decrite is None or decrite.genre is not Genre.TEXTE:
            yield f"nomme_par : « {colonne} » n'est pas un texte de la fiche"
    for double in _doubles(iter(nommees)):
        yield f"nomme_par : « {double} » nomme deux valeurs"
    lus = {cle_large(ecrit) for ecrit in ecritures(valeurs)}
    for equivoque in {mot for valeur in valeurs for mot in valeur.equivoques}:
        if cle_large(equivoque) in lus:
            yield f"equivoques : « {equivoque} » se lit déjà comme une valeur"


def _unite(unite: Unite) -> Iterator[str]:
    """Un mot n'y vaut qu'une chose ; « ensuite » est l'un d'eux."""
    mots = (*unite.exacts, *unite.proches, *unite.autres)
    for double in _doubles(cle_large(mot) or mot for mot in mots):
        yield f"« {double} » y est deux fois"
    for mot, combien in (*unite.exacts.items(), *unite.proches.items()):
        if not est_une_part(combien):
            yield f"« {mot} » : « 12 » ou « 1/60 », lu « {combien} »"
    if unite.ensuite is not None and unite.ensuite not in unite.exacts:
        yield f"ensuite : « {unite.ensuite} » n'est pas dans exacts"


def _ecritures(mots: tuple[Mot, ...]) -> Iterator[str]:
    for mot in mots:
        yield from {cle_large(ecrit) for ecrit in ecritures((mot,))}


def _versions(modele: Modele, herites: Set[str]) -> Iterator[str]:
    """Ce qu'une version dit avoir changé doit y être arrivé, et une seule fois."""
    suite = modele.identite.depuis
    for double in _doubles(depuis.version for depuis in suite):
        yield f"modele.toml : depuis {double} : cette version est décrite deux fois"
    for double in _doubles(depart for depuis in suite for depart in depuis.departs()):
        yield f"modele.toml : depuis : « {double} » change deux fois ; suivez son nouveau nom"
    if modele.identite.base is None and modele.identite.version in {d.version for d in suite}:
        yield "modele.toml : depuis : c'est la version de ce modèle ; dites celle d'avant"
    if any(comparer(une.version, autre.version) == 1 for une, autre in pairwise(suite)):
        yield "modele.toml : depuis : les versions se suivent, la plus ancienne d'abord"
    for rang, depuis in enumerate(suite):
        suivis = composer(suite[rang + 1 :]).devenus.keys()
        for faute in (
            *_arrivees(modele, depuis, suivis | herites),
            *_departs(modele, depuis, herites),
        ):
            yield f"modele.toml : depuis {depuis.version} : {faute}"


def _arrivees(modele: Modele, depuis: Depuis, suivis: Set[str]) -> Iterator[str]:
    """Chaque endroit d'arrivée existe, ou change encore ensuite (``suivis``)."""
    for endroit in depuis.arrivees():
        est_suivi = endroit in suivis or endroit.partition(".")[0] in suivis
        if not est_suivi and not _existe(modele, endroit):
            yield f"« {endroit} » n'existe pas"


def _departs(modele: Modele, depuis: Depuis, herites: Set[str]) -> Iterator[str]:
    """Un endroit qui a changé ne laisse pas son nom à un autre ; il garde sa nature."""
    for depart in depuis.departs():
        vers = depuis.scindes.get(depart, ())
        if depart not in {*vers, *herites} and _existe(modele, depart):
            yield f"« {depart} » existe encore : un endroit qui change ne garde pas son nom"
    for depart, vers in depuis.scindes.items():
        if len(set(vers)) < 2:
            yield f"scindes : « {depart} » doit donner deux endroits au moins"
    feuilles = {d: a for d, a in depuis.renommes.items() if "." not in d}
    for depart, arrivee in depuis.renommes.items():
        feuille, arrivante = depart.partition(".")[0], arrivee.partition(".")[0]
        if "." in depart and feuilles.get(feuille, feuille) != arrivante:
            yield f"renommes : de « {depart} » à « {arrivee} », c'est un déplacement (deplaces)"
    pas = [*depuis.renommes.items(), *depuis.deplaces.items()]
    pas += [(depart, un) for depart, vers in depuis.scindes.items() for un in vers]
    for depart, arrivee in pas:
        if depart.count(".") != arrivee.count("."):
            yield f"« {depart} » et « {arrivee} » ne sont pas de même nature"


def _existe(modele: Modele, endroit: str) -> bool:
    match endroit.split("."):
        case ["listes", liste, cle]:
            return liste in modele.listes and any(
                mot.cle == cle for mot in modele.listes[liste].mots
            )
        case [feuille]:
            return feuille in modele.par_id
        case [feuille, colonne]:
            return feuille in modele.par_id and colonne in modele.par_id[feuille].par_id
    return False


def _formes(modele: Modele) -> Iterator[str]:
    fiches = [feuille.id for feuille in modele.feuilles if feuille.forme is Forme.FICHE]
    if fiches != ["commune"]:
        yield "modele.toml : feuilles : il faut une fiche, et une seule, nommée « commune »"
    noms = (*modele.identite.feuilles, *filter(None, [modele.identite.acceptations]))
    for feuille, nom in zip(modele.a_lire, noms, strict=True):
        if feuille.id != nom:
            yield f"feuilles/{nom}.toml : id : « {feuille.id} » ne suit pas le nom du fichier"
    if modele.acceptations and modele.acceptations.id != ACCEPTES:
        yield f"modele.toml : acceptations : la feuille doit se nommer « {ACCEPTES} »"


def _feuille(modele: Modele, feuille: Feuille) -> Iterator[str]:
    if feuille.paragraphe not in modele.note.paragraphes:
        yield f"paragraphe : « {feuille.paragraphe} » n'est pas dans note.toml"
    if feuille.forme is Forme.REGISTRE and not (feuille.cle and feuille.table):
        yield "cle, table : un registre a besoin des deux"
    for cle in (feuille.cle, feuille.date):
        if cle is not None and cle not in feuille.par_id:
            yield f"cle, date : la colonne « {cle} » n'existe pas"
    for colonne in _NOMMEES.get(feuille.id, ()):
        if colonne not in feuille.par_id:
            yield f"colonnes : il manque « {colonne} », dont les contrôles ou le rapport ont besoin"
    if feuille.hors_vigueur:
        yield from _condition(modele, feuille, "hors_vigueur", feuille.hors_vigueur)
    if feuille.a_confirmer:
        yield from _condition(modele, feuille, "a_confirmer", feuille.a_confirmer)
        yield from _proposees(feuille, feuille.a_confirmer)
    for double in _doubles(colonne.id for colonne in feuille.colonnes):
        yield f"colonnes : identifiant en double, « {double} »"
    for double in _doubles(_noms(feuille)):
        yield f"colonnes : libellé ou synonyme en double, « {double} »"


def _proposees(feuille: Feuille, condition: Condition) -> Iterator[str]:
    """Une ligne proposée ne compte jamais, et un programme sait comment l'écrire."""
    match [*condition.essais()]:
        case [Parmi() as essai]:
            for valeur in essai.valeurs:
                if not _est_hors_vigueur(feuille, essai.colonne, valeur):
                    yield f"a_confirmer : « {valeur} » doit aussi être dans hors_vigueur"
        case _:
            yield "a_confirmer : un seul essai, « parmi »"
    if feuille.date is not None:
        yield "a_confirmer : une feuille datée compte ses lignes de l'année, même proposées"


def _est_hors_vigueur(feuille: Feuille, colonne: str, valeur: str) -> bool:
    """Vrai si cette valeur suffit à mettre la ligne hors vigueur."""
    alternatives = feuille.hors_vigueur.alternatives if feuille.hors_vigueur else ()
    return any(
        isinstance(essais[0], Parmi)
        and essais[0].colonne == colonne
        and valeur in essais[0].valeurs
        for essais in alternatives
        if len(essais) == 1
    )


def _kit(modele: Modele) -> Iterator[str]:
    """Les lignes proposées : chacune a sa clé, son nom, et des cellules que sa feuille comprend."""
    if (kit := modele.kit) is None:
        return
    feuille = {f.id: f for f in modele.registres}.get(kit.registre)
    if feuille is None:
        yield f"registre : « {kit.registre} » n'est pas un registre"
    elif feuille.a_confirmer is None:
        yield f"registre : feuilles/{feuille.id}.toml ne dit pas « a_confirmer »"
    else:
        yield from _doubles_du_kit(kit, feuille.cle or "")
        for ligne in kit.lignes:
            for faute in _ligne_du_kit(modele, feuille, ligne):
                yield f"lignes « {ligne.cle} » : {faute}"


def _doubles_du_kit(kit: Kit, cle: str) -> Iterator[str]:
    for double in _doubles(ligne.cle for ligne in kit.lignes):
        yield f"lignes : cle en double, « {double} »"
    for double in _doubles(cle_large(ligne.cellules.get(cle, ligne.cle)) for ligne in kit.lignes):
        yield f"lignes : {cle} en double, « {double} »"


def _ligne_du_kit(modele: Modele, feuille: Feuille, ligne: LigneDuKit) -> Iterator[str]:
    if not _IDENTIFIANT.fullmatch(ligne.cle):
        yield "cle : minuscules ASCII, chiffres et « _ » seulement"
    if feuille.cle not in ligne.cellules:
        yield f"cellules : il manque « {feuille.cle} »"
    if SEPARATEUR in ligne.cellules.get(feuille.cle or "", ""):
        yield f"{feuille.cle} : « {SEPARATEUR} » sépare deux noms, un nom n'en a pas"
    ecrites = {essai.colonne for essai in (feuille.a_confirmer or Condition(())).essais()}
    for identifiant, dit in ligne.cellules.items():
        colonne = feuille.par_id.get(identifiant)
        if colonne is None:
            yield f"cellules : la colonne « {identifiant} » n'existe pas"
        elif identifiant in ecrites:
            yield f"{identifiant} : le programme l'écrit, d'après « a_confirmer »"
        elif faute := _cellule_du_kit(modele, colonne, dit):
            yield f"{identifiant} : {faute}"


def _cellule_du_kit(modele: Modele, colonne: Colonne, dit: str) -> str | None:
    """La faute d'une cellule proposée ; rien si elle est un texte, ou une clé de sa liste."""
    if colonne.genre is Genre.TEXTE:
        return None if dit.strip() else "le texte est vide"
    if colonne.genre is not Genre.LISTE:
        return "seuls un texte ou une valeur de liste se proposent d'avance"
    est_connue = colonne.liste in modele.listes and dit in {m.cle for m in modele.mots(colonne)}
    return None if est_connue else f"« {dit} » n'est pas une clé de la liste « {colonne.liste} »"


def _colonnes(modele: Modele, feuille: Feuille) -> Iterator[str]:
    for colonne in feuille.colonnes:
        for faute in _colonne(modele, feuille, colonne):
            yield f"colonne {colonne.id} : {faute}"


def _colonne(modele: Modele, feuille: Feuille, colonne: Colonne) -> Iterator[str]:
    if not _IDENTIFIANT.fullmatch(colonne.id):
        yield "id : minuscules ASCII, chiffres et « _ » seulement"
    if len(colonne.aide) > 255:
        yield f"aide : {len(colonne.aide)} signes, 255 au plus"
    if colonne.paragraphe not in modele.note.paragraphes:
        yield f"paragraphe : « {colonne.paragraphe} » n'est pas dans note.toml"
    if (colonne.genre is Genre.CALCULE) != (colonne.calcul is not None):
        yield "calcul : une colonne calculée nomme son calcul, et elle seule"
    for double in _doubles(niveau.value for niveau in colonne.partage):
        yield f"partage : « {double} » est écrit deux fois"
    if colonne.unite and colonne.unite not in modele.identite.unites:
        yield f"unite : « {colonne.unite} » n'est pas dans les unites de modele.toml"
    if colonne.unite and colonne.genre not in (Genre.ENTIER, Genre.MONTANT):
        yield "unite : seulement pour un entier ou un montant"
    yield from _liste(modele, colonne)
    yield from (f"mentions : {faute}" for faute in _mots(colonne.mots))
    yield from _references(modele, colonne)
    if colonne.obligatoire_si:
        if not colonne.est_essentielle:
            yield "obligatoire_si : seulement pour une colonne essentielle (niveau E)"
        yield from _condition(modele, feuille, "obligatoire_si", colonne.obligatoire_si)
    yield from _date(modele, feuille, colonne)


def _date(modele: Modele, feuille: Feuille, colonne: Colonne) -> Iterator[str]:
    """Ce qui se dit d'une date, et d'elle seule."""
    dites = {"passe_si": colonne.passe_si, "suppose": colonne.suppose}
    for cle, condition in dites.items():
        if condition:
            yield from _condition(modele, feuille, cle, condition)
    est_une_date = colonne.genre in _DATES
    if not est_une_date and (any(dites.values()) or colonne.apres):
        yield "passe_si, suppose, apres : seulement pour une date"
    if colonne.apres:
        autre = feuille.par_id.get(colonne.apres)
        if autre is None or autre.genre not in _DATES:
            yield f"apres : « {colonne.apres} » n'est pas une date de la feuille"


def _liste(modele: Modele, colonne: Colonne) -> Iterator[str]:
    if (colonne.genre is Genre.LISTE) != (colonne.liste is not None):
        yield "liste : une colonne de genre « liste » nomme sa liste, et elle seule"
    elif colonne.liste and colonne.liste not in modele.listes:
        yield f"liste : « {colonne.liste} » n'est pas dans listes.toml"
    elif colonne.si_vide and colonne.liste and colonne.si_vide not in modele.choix(colonne):
        yield f"si_vide : « {colonne.si_vide} » n'est pas dans la liste"


def _references(modele: Modele, colonne: Colonne) -> Iterator[str]:
    if (colonne.genre is Genre.REFERENCE) != bool(colonne.reference):
        yield "reference : une colonne de genre « reference » nomme ses registres, et elle seule"
    for registre in colonne.reference:
        if registre not in {feuille.id for feuille in modele.registres}:
            yield f"reference : « {registre} » n'est pas un registre"


def _condition(modele: Modele, feuille: Feuille, cle: str, condition: Condition) -> Iterator[str]:
    for essai in condition.essais():
        colonne = feuille.par_id.get(essai.colonne)
        if colonne is None:
            yield f"{cle} : la colonne « {essai.colonne} » n'existe pas"
        elif isinstance(essai, Parmi | Sauf):
            admises = modele.choix(colonne) if colonne.liste in modele.listes else ()
            for valeur in set(essai.valeurs) - {*admises, *colonne.mentions}:
                yield f"{cle} : « {valeur} » n'est pas une valeur de « {colonne.libelle} »"


def _noms(feuille: Feuille) -> Iterator[str]:
    for colonne in feuille.colonnes:
        noms = (colonne.libelle, *colonne.synonymes, *colonne.anciens_noms)
        yield from {cle_large(nom) for nom in noms}


def _doubles(noms: Iterator[str]) -> list[str]:
    return [nom for nom, fois in Counter(noms).items() if fois > 1]
