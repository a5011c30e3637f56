"""Ce qui est proposé d'une liste : à chaque table son registre, à chaque colonne sa place.

La proposition s'écrit comme un petit tableau, se corrige dans un tableur, et se rend : ce qui y est
écrit l'emporte sur ce qui a été reconnu.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec

from pilotage_xlsx.importation.attribution import (
    Attribution,
    Confiance,
    Emploi,
    Registrable,
    est_couchee,
    est_d_appareils,
    registres_possibles,
)
from pilotage_xlsx.importation.cellules import LecteurDeColonne, OrdreDesDates, preparer
from pilotage_xlsx.importation.decoupage import LigneEcartee, TableRecue, decouper
from pilotage_xlsx.importation.lexique import Lexique, lexiques_de, question_de
from pilotage_xlsx.modele import Colonne, Feuille, Genre, Modele
from pilotage_xlsx.modele.vocabulaire import ecritures
from pilotage_xlsx.registre import Illisible
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.registre.rapprochement import proposer as proposer_un_nom
from pilotage_xlsx.registre.tableaux import ListeRecue, Rang, TableauRecu
from pilotage_xlsx.socle.adresses import lettres_de, situer
from pilotage_xlsx.socle.longueur import abreger
from pilotage_xlsx.socle.tabulation import denuder, en_csv
from pilotage_xlsx.socle.textes import Texte, cle, cle_large, est_vide, normaliser

ENTETES = (
    *("Tableau", "Place", "Colonne", "Valeur", "Va dans"),
    *("Confiance", "Dates", "Pourquoi", "Exemples"),
)

LAISSER, A_VOUS, TELLE_QUELLE = "laisser", "à vous", ""
"""Ce qui s'écrit sous « Va dans », hors des noms du modèle."""

_VALEURS_MAX = 200
_EXEMPLES, _EXEMPLE_MAX = 3, 40


class CorrectionInvalide(Exception):
    """Une ligne du tableau rendu qui ne veut rien dire ; le message la cite et propose."""


class ValeurProposee(NamedTuple):
    """Ce qu'une liste écrit dans une colonne de choix, et ce qui s'inscrit ; rien, tel que tapé."""

    place: int
    ecrite: str
    inscrite: str
    confiance: Confiance
    fois: int


class TableProposee(msgspec.Struct, frozen=True):
    """Une table reçue et ce qui en est proposé ; ``refus`` dit pourquoi rien n'en est pris."""

    table: TableRecue
    feuille: Feuille | None
    attributions: tuple[Attribution, ...]
    valeurs: tuple[ValeurProposee, ...] = ()
    refus: str = ""

    def lecteurs(self, modele: Modele) -> Mapping[int, LecteurDeColonne]:
        """De quoi lire chaque colonne qui va dans le modèle, par place."""
        if self.feuille is None:
            return {}
        choisies: dict[int, dict[str, str | None]] = {}
        for valeur in self.valeurs:
            siennes = choisies.setdefault(valeur.place, {})
            siennes[cle(valeur.ecrite)] = valeur.inscrite or None
        return {
            a.entete.place: preparer(
                self.feuille.par_id[a.colonne], self.feuille, modele, self.table.tableau.origine,
                question=a.question, ordre=a.ordre, choisies=choisies.get(a.entete.place, {}),
            )
            for a in self.attributions
            if a.emploi is Emploi.MODELE
        }  # fmt: skip


class ListeProposee(NamedTuple):
    """Tout ce qui est proposé d'un fichier, et les lignes qui n'en sont pas."""

    tables: tuple[TableProposee, ...]
    ecarts: tuple[LigneEcartee, ...]


class ColonneCitee(NamedTuple):
    """La colonne dont parle une ligne du tableau rendu : son en-tête, et où elle était."""

    table: str
    entete: str
    place: int


class Corrections(NamedTuple):
    """Ce que la personne a écrit sous « Va dans » : par table, par colonne, par valeur."""

    tables: Mapping[str, str]
    colonnes: Mapping[ColonneCitee, tuple[str, str]]
    valeurs: Mapping[tuple[ColonneCitee, str], str]


AUCUNE = Corrections({}, {}, {})


def proposer(
    liste: ListeRecue, modele: Modele, fichier: Texte, corrections: Corrections = AUCUNE
) -> ListeProposee:
    """La proposition ; `CorrectionInvalide` si ce que la personne a écrit ne veut rien dire."""
    lexiques = lexiques_de(modele)
    tables: list[TableProposee] = []
    ecarts: list[LigneEcartee] = []
    for tableau in liste.tableaux:
        decoupe = decouper(tableau, lexiques, modele.identite.importation)
        ecarts += decoupe.ecarts
        for table in decoupe.tables:
            possibles = registres_possibles(table, lexiques, modele, fichier)
            tables.append(_Proposeur(table, possibles, lexiques, modele, corrections).proposer())
    _exiger_connues(tables, corrections)
    return ListeProposee(tuple(tables), tuple(ecarts))


class _Proposeur:
    """Ce qui est proposé d'une table, ce que la personne en a dit l'emportant."""

    def __init__(
        self,
        table: TableRecue,
        possibles: Sequence[Registrable],
        lexiques: Sequence[Lexique],
        modele: Modele,
        corrections: Corrections,
    ) -> None:
        self._table, self._possibles, self._modele = table, possibles, modele
        self._lexiques = lexiques
        self._corrections = corrections

    def proposer(self) -> TableProposee:
        """La table, son registre, ses attributions, ses valeurs."""
        dit = self._corrections.tables.get(self._table.nom)
        if dit is not None and cle_large(dit) == cle_large(LAISSER):
            return TableProposee(self._table, None, (), refus="laissée, comme demandé")
        choisi = self._possibles[0] if dit is None else self._nomme(dit)
        if dit is None and (refus := self._refuser(choisi)):
            return TableProposee(self._table, None, choisi.attributions, refus=refus)
        attributions = tuple(self._corriger(a, choisi.feuille) for a in choisi.attributions)
        _exiger_une_seule(attributions, choisi.feuille)
        proposee = TableProposee(self._table, choisi.feuille, attributions)
        return msgspec.structs.replace(proposee, valeurs=tuple(self._valeurs(proposee)))

    def _refuser(self, choisi: Registrable) -> str:
        if not self._table.lignes:
            return "elle n'a aucune ligne"
        if est_d_appareils(self._table, choisi, self._modele):
            return "c'est une liste d'appareils"
        if est_couchee(self._table, self._lexiques):
            return (
                "elle est couchée, une colonne par logiciel ; copiez-la, puis « Collage spécial › "
                "Transposer », et donnez la copie"
            )
        choisies = (dit for dit, _ in self._colonnes.values())
        nomme = choisi.feuille.libelle_de(choisi.feuille.cle or "")
        if not choisi.a_sa_cle and cle_large(nomme) not in map(cle_large, choisies):
            return "aucune de ses colonnes ne nomme un logiciel ou un prestataire"
        return ""

    @cached_property
    def _places(self) -> Mapping[ColonneCitee, int]:
        """Où est aujourd'hui chaque colonne que cite le tableau rendu."""
        valeurs = (citee for citee, _ in self._corrections.valeurs)
        citees = dict.fromkeys((*self._corrections.colonnes, *valeurs))
        siennes = [citee for citee in citees if citee.table == self._table.nom]
        return {citee: _retrouver(citee, siennes, self._table) for citee in siennes}

    @cached_property
    def _colonnes(self) -> Mapping[int, tuple[str, str]]:
        dites = self._corrections.colonnes
        return {place: dites[citee] for citee, place in self._places.items() if citee in dites}

    @cached_property
    def _dites(self) -> Mapping[tuple[int, str], str]:
        """Ce que la personne a dit de chaque valeur, par place."""
        dites = self._corrections.valeurs.items()
        return {
            (self._places[citee], valeur): va
            for (citee, valeur), va in dites
            if citee in self._places
        }

    def _nomme(self, dit: str) -> Registrable:
        for possible in self._possibles:
            if cle_large(dit) in (cle_large(possible.feuille.libelle), possible.feuille.id):
                return possible
        noms = [p.feuille.libelle for p in self._possibles]
        raise CorrectionInvalide(_conseiller(f"Tableau « {self._table.nom} »", dit, noms))

    def _corriger(self, attribution: Attribution, feuille: Feuille) -> Attribution:
        corrigee = self._colonnes.get(attribution.entete.place)
        if corrigee is None:
            return attribution
        dit, ordre = corrigee
        remplacer = msgspec.structs.replace
        choisie = {"confiance": Confiance.CHOISIE, "pourquoi": "votre choix"}
        if cle_large(dit) == cle_large(LAISSER):
            return remplacer(attribution, emploi=Emploi.LAISSEE, colonne="", **choisie)
        if cle_large(dit) in (cle_large(A_VOUS), ""):
            return remplacer(attribution, emploi=Emploi.PROPRE, colonne="", **choisie)
        colonne = next((c for c in feuille.saisies if cle_large(dit) in _noms(c)), None)
        if colonne is None:
            noms = (*(c.libelle for c in feuille.saisies), A_VOUS, LAISSER)
            ou = f"Colonne « {attribution.entete.texte} »"
            raise CorrectionInvalide(_conseiller(ou, dit, noms))
        return remplacer(
            attribution,
            emploi=Emploi.MODELE,
            colonne=colonne.id,
            question=question_de(colonne, attribution.entete.texte),
            ordre=_ordre(ordre, attribution.ordre),
            **choisie,
        )

    def _valeurs(self, proposee: TableProposee) -> Iterator[ValeurProposee]:
        """Ce que devient chaque valeur d'une colonne de choix qui ne s'écrit pas comme ici."""
        for place, lecteur in proposee.lecteurs(self._modele).items():
            if lecteur.colonne.genre is not Genre.LISTE and not lecteur.colonne.mots:
                continue
            cellules = [cellule for _, cellule in self._table.cellules(place)]
            fois = Counter(lecteur.texte(cellule) for cellule in cellules)
            exemplaires = {lecteur.texte(cellule): cellule for cellule in cellules}
            convenues = _convenues(lecteur, self._modele)
            for ecrite in list(fois)[:_VALEURS_MAX]:
                lue = lecteur.lire(exemplaires[ecrite])
                dite = self._dites.get((place, cle(ecrite)))
                if dite is not None:
                    inscrite, confiance = self._exiger(dite, lecteur), Confiance.CHOISIE
                elif isinstance(lue, Illisible):
                    inscrite, confiance = TELLE_QUELLE, Confiance.A_VERIFIER
                else:
                    inscrite, confiance = afficher(lue), Confiance.PROBABLE
                est_une_mention = inscrite in convenues.values()
                if cle(ecrite) in convenues and dite is None and lecteur.reponses is None:
                    continue
                if lecteur.colonne.genre is Genre.LISTE or est_une_mention:
                    yield ValeurProposee(place, ecrite, inscrite, confiance, fois[ecrite])

    def _exiger(self, dite: str, lecteur: LecteurDeColonne) -> str:
        if est_vide(dite):
            return TELLE_QUELLE
        connues = _convenues(lecteur, self._modele)
        if cle(dite) in connues:
            return connues[cle(dite)]
        ou = f"Valeur de « {lecteur.colonne.libelle} »"
        raise CorrectionInvalide(_conseiller(ou, dite, sorted(set(connues.values()))))


def _convenues(lecteur: LecteurDeColonne, modele: Modele) -> Mapping[str, str]:
    """Ce qui s'écrit ici pour chaque mot de la colonne, par forme comparable."""
    colonne = lecteur.colonne
    ecrits = {**modele.ecritures(colonne), **colonne.mentions_ecrites}
    aveu = modele.mots(colonne)[-1:] if colonne.admet_l_aveu else ()
    return {cle(ecrit): dit for ecrit, dit in {**ecritures(aveu), **ecrits}.items()}


def _noms(colonne: Colonne) -> set[str]:
    return {cle_large(colonne.libelle), cle_large(colonne.id)}


def _ordre(dit: str, reconnu: OrdreDesDates | None) -> OrdreDesDates | None:
    return next((ordre for ordre in OrdreDesDates if cle_large(dit) == cle_large(ordre)), reconnu)


def _conseiller(ou: str, dit: str, noms: Sequence[str]) -> str:
    proche = proposer_un_nom(dit, noms)
    suite = f"vouliez-vous dire « {proche} » ?" if proche else f"écrivez {', '.join(noms[:8])}…"
    return f"{ou} : « {abreger(dit)} » n'est pas connu, {suite}"


def _exiger_une_seule(attributions: Iterable[Attribution], feuille: Feuille) -> None:
    vues: dict[str, Attribution] = {}
    for attribution in attributions:
        if attribution.emploi is not Emploi.MODELE:
            continue
        if autre := vues.get(attribution.colonne):
            raise CorrectionInvalide(
                f"« {feuille.libelle_de(attribution.colonne)} » reçoit deux colonnes, "
                f"« {autre.entete.texte} » et « {attribution.entete.texte} » : gardez-en une, "
                f"et écrivez « {A_VOUS} » pour l'autre."
            )
        vues[attribution.colonne] = attribution


def _retrouver(citee: ColonneCitee, siennes: Iterable[ColonneCitee], table: TableRecue) -> int:
    """La place de la colonne qui a cet en-tête ; la lettre ne départage que des homonymes."""
    places = [e.place for e in table.entetes if cle(e.texte) == cle(citee.entete)]
    homonymes = [autre for autre in siennes if cle(autre.entete) == cle(citee.entete)]
    if len(places) == len(homonymes) == 1 and citee.entete:
        return places[0]
    if citee.place in places:
        return citee.place
    ou = f"Colonne « {citee.entete or '(sans en-tête)'} », place {lettres_de(citee.place)}"
    dit = (
        "n'est plus à cette place, et d'autres ont ce nom" if places else "n'est pas dans la liste"
    )
    raise CorrectionInvalide(
        f"{ou} : elle {dit}. La liste a changé : refaites ce tableau d'après elle."
    )


def _exiger_connues(tables: Sequence[TableProposee], corrections: Corrections) -> None:
    """Une correction d'un autre fichier se dit : elle n'aurait aucun effet."""
    noms = {proposee.table.nom for proposee in tables}
    cites = {*corrections.tables, *(citee.table for citee in corrections.colonnes)}
    if perdus := sorted(cites - noms):
        raise CorrectionInvalide(
            f"Le tableau « {perdus[0]} » n'est pas dans cette liste : ces colonnes sont celles "
            "d'un autre fichier."
        )


def en_tableau(proposee: ListeProposee) -> bytes:
    """La proposition, en CSV à corriger."""
    return en_csv(ENTETES, lignes(proposee))


def choix(proposee: ListeProposee, modele: Modele) -> Iterator[tuple[str, ...]]:
    """Ce qui peut s'écrire sous « Va dans », pour chaque ligne du tableau, dans son ordre."""
    registres = (*(feuille.libelle for feuille in modele.registres if feuille.s_importe), LAISSER)
    for une in proposee.tables:
        yield registres
        saisies = une.feuille.saisies if une.feuille else ()
        colonnes = (*(colonne.libelle for colonne in saisies), A_VOUS, LAISSER)
        lecteurs = une.lecteurs(modele)
        for attribution in une.attributions:
            place = attribution.entete.place
            yield colonnes
            for valeur in une.valeurs:
                if valeur.place == place:
                    convenues = _convenues(lecteurs[place], modele).values()
                    yield (TELLE_QUELLE, *dict.fromkeys(convenues))


def lignes(proposee: ListeProposee) -> Iterator[tuple[str, ...]]:
    """Le tableau à corriger, ligne par ligne, sous `ENTETES`."""
    for une in proposee.tables:
        nom = une.table.nom
        va = une.feuille.libelle if une.feuille else LAISSER
        yield nom, "", "", "", va, "", "", une.refus or _combien(une.table), ""
        for attribution in une.attributions:
            place = attribution.entete.place
            ou = (nom, lettres_de(place), normaliser(attribution.entete.texte))
            ordre = attribution.ordre.value if attribution.ordre else ""
            yield (
                *ou, "", dire_ou(attribution, une.feuille), attribution.confiance, ordre,
                attribution.pourquoi, _exemples(une.table, place),
            )  # fmt: skip
            for valeur in une.valeurs:
                if valeur.place == place:
                    pourquoi = f"{valeur.fois} fois"
                    suite = "" if valeur.inscrite else ", pas comprise : gardée telle que tapée"
                    yield (
                        *ou, valeur.ecrite, valeur.inscrite, valeur.confiance, "",
                        pourquoi + suite, "",
                    )  # fmt: skip


def _combien(table: TableRecue) -> str:
    combien = len(table.lignes)
    return f"{combien} {'ligne' if combien < 2 else 'lignes'}"


def dire_ou(attribution: Attribution, feuille: Feuille | None) -> str:
    """Ce qui s'écrit sous « Va dans »."""
    match attribution.emploi:
        case Emploi.MODELE if feuille is not None:
            return feuille.libelle_de(attribution.colonne)
        case Emploi.LAISSEE:
            return LAISSER
        case _:
            return A_VOUS


def _exemples(table: TableRecue, place: int) -> str:
    distincts = dict.fromkeys(normaliser(c.texte) for _, c in table.cellules(place))
    return " · ".join(abreger(texte, _EXEMPLE_MAX) for texte in list(distincts)[:_EXEMPLES])


def lire_les_corrections(tableaux: Sequence[TableauRecu]) -> Corrections:
    """Ce que dit le tableau rendu ; `CorrectionInvalide` si ce n'en est pas un."""
    for tableau in tableaux:
        for numero, rang in tableau.lignes.items():
            places = {cle_large(cellule.texte): place for place, cellule in rang.items()}
            if {cle_large(nom) for nom in ENTETES[:5]} <= places.keys():
                suite = [r for n, r in tableau.lignes.items() if n > numero]
                return _relever(suite, {n: places.get(cle_large(n), 0) for n in ENTETES})
    raise CorrectionInvalide(
        "Le fichier des colonnes n'en est pas un : sa première ligne dit "
        f"{', '.join(ENTETES[:5])}… Refaites-le d'après la liste."
    )


def _relever(lignes: Iterable[Rang], places: Mapping[str, int]) -> Corrections:
    tables: dict[str, str] = {}
    colonnes: dict[ColonneCitee, tuple[str, str]] = {}
    valeurs: dict[tuple[ColonneCitee, str], str] = {}
    for rang in lignes:
        dit = {n: denuder(rang[p].texte) if p in rang else "" for n, p in places.items()}
        nom, lettres, va = dit["Tableau"], dit["Place"].strip(), normaliser(dit["Va dans"])
        if not lettres:
            tables[nom] = va or LAISSER
            continue
        citee = ColonneCitee(nom, normaliser(dit["Colonne"]), _place(lettres))
        if est_vide(dit["Valeur"]):
            colonnes[citee] = (va, normaliser(dit["Dates"]))
        else:
            valeurs[citee, cle(dit["Valeur"])] = va
    return Corrections(tables, colonnes, valeurs)


def _place(lettres: str) -> int:
    trouvee = situer(f"{lettres}1")
    if trouvee is None:
        raise CorrectionInvalide(
            f"Place « {abreger(lettres)} » : il faut les lettres de la colonne."
        )
    return trouvee[1]
