"""Où va chaque colonne d'une table reçue : une colonne du modèle, une colonne de la commune, rien.

Un en-tête désigne ; le contenu confirme ou dément. Chaque attribution dit sa confiance et pourquoi.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from pilotage_xlsx.importation.cellules import (
    Comprehension,
    LecteurDeColonne,
    OrdreDesDates,
    comprendre,
    est_un_nombre_ou_une_date,
    ordre_des_dates,
    preparer,
)
from pilotage_xlsx.importation.decoupage import Intitule, TableRecue
from pilotage_xlsx.importation.lexique import (
    Designation,
    Force,
    Lexique,
    comparables,
    pleins,
)
from pilotage_xlsx.modele import Colonne, Feuille, Genre, Modele
from pilotage_xlsx.modele.vocabulaire import OuiOuNon
from pilotage_xlsx.registre import Cellule
from pilotage_xlsx.registre.rapprochement import mots
from pilotage_xlsx.registre.saisie import DATES
from pilotage_xlsx.socle.dates import depuis_texte
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import Texte, cle_large

_ASSEZ, _BEAUCOUP = 0.2, 0.8
_ASSEZ_DE_COLONNES = 3
_QUESTIONS_AU_PLUS = 60
"""Les lignes d'une liste couchée : il y en a autant que de questions."""
_MONNAIE_DITE = motif(r"(?i)\b(?:chf|sfr|fr|francs?)\b")
_EXIGEANTS = DATES | {
    Genre.LISTE,
    Genre.ENTIER,
    Genre.MONTANT,
    Genre.COURRIEL,
    Genre.TELEPHONE,
    Genre.IDE,
}
"""Les genres dont une cellule peut ne pas se comprendre."""


class Confiance(StrEnum):
    """Ce que vaut une attribution ou une traduction."""

    SURE = "sûre"
    PROBABLE = "probable"
    A_VERIFIER = "à vérifier"
    NON_RECONNUE = "non reconnue"
    CHOISIE = "choisie"


class Emploi(StrEnum):
    """Ce que devient une colonne reçue."""

    MODELE = "modèle"
    PROPRE = "à vous"
    LAISSEE = "laisser"


class Attribution(msgspec.Struct, frozen=True):
    """Une colonne reçue et où elle va ; ``colonne`` nomme celle du modèle, si c'en est une."""

    entete: Intitule
    emploi: Emploi
    confiance: Confiance
    pourquoi: str
    colonne: str = ""
    question: OuiOuNon | None = None
    ordre: OrdreDesDates | None = None


class _Candidate(NamedTuple):
    """Une colonne du modèle qu'une colonne reçue pourrait être."""

    designation: Designation
    entete: Intitule
    comprehension: Comprehension
    refus: str = ""


class Attributaire:
    """Attribue les colonnes d'une table à celles d'un registre."""

    def __init__(
        self, table: TableRecue, lexique: Lexique, modele: Modele, autres: Sequence[Lexique] = ()
    ) -> None:
        self._table, self._lexique, self._modele = table, lexique, modele
        self._autres = autres
        self._feuille = lexique.feuille
        self._mots = modele.identite.importation
        self._secrets = frozenset(map(pleins, self._mots.secrets)) - {frozenset()}
        self._colonnes = {
            entete.place: [cellule for _, cellule in table.cellules(entete.place)]
            for entete in table.entetes
        }

    def attribuer(self) -> tuple[Attribution, ...]:
        """Une attribution par colonne reçue, dans leur ordre."""
        faites: dict[int, Attribution] = {}
        refus: dict[int, str] = {}
        prises: dict[str, Intitule] = {}
        candidates = sorted(self._candidates(), key=_preference)
        for candidate in candidates:
            place, colonne = candidate.entete.place, candidate.designation.colonne
            if place in faites:
                continue
            if candidate.refus:
                refus.setdefault(place, candidate.refus)
                continue
            if colonne in prises:
                cedee = self._ceder(candidate, prises, candidates)
                if cedee is None:
                    if candidate.designation.force != Force.DOUTE:
                        refus.setdefault(place, self._dire_prise(colonne, prises[colonne]))
                    continue
                prises[cedee.designation.colonne] = cedee.entete
                faites[cedee.entete.place] = self._retenir(cedee, est_cedee=True)
            est_cedee = colonne in prises
            prises[colonne] = candidate.entete
            faites[place] = self._retenir(candidate, est_cedee=est_cedee)
        if self._feuille.cle not in prises:
            faites |= self._cle_a_defaut(candidates, faites)
        return tuple(
            faites.get(entete.place) or self._laisser(entete, refus.get(entete.place, ""))
            for entete in self._table.entetes
        )

    def _cle_a_defaut(
        self, candidates: Sequence[_Candidate], faites: Mapping[int, Attribution]
    ) -> Mapping[int, Attribution]:
        """À défaut de nom, ce qui peut en tenir lieu : l'« Objet » d'une liste de contrats ; ou,
        d'une liste dont le reste se reconnaît, sa première colonne si chaque ligne y a son nom."""
        cle = self._feuille.cle or ""
        siennes = (c for c in candidates if c.designation.colonne == cle and not c.refus)
        if douteuse := next(siennes, None):
            return {douteuse.entete.place: self._retenir(douteuse, est_cedee=True)}
        parlantes = sum(a.confiance is not Confiance.A_VERIFIER for a in faites.values())
        premiere = min(self._table.entetes, key=lambda e: e.place, default=None)
        if premiere is None or parlantes < _ASSEZ_DE_COLONNES or premiere.place in faites:
            return {}
        if not premiere.texte or not self._nomme_chaque_ligne(premiere):
            return {}
        dite = "sa première colonne, où chaque ligne a son nom"
        attribuee = Attribution(premiere, Emploi.MODELE, Confiance.A_VERIFIER, dite, cle)
        return {premiere.place: attribuee}

    def _nomme_chaque_ligne(self, entete: Intitule) -> bool:
        noms = [cle_large(cellule.texte) for cellule in self._colonnes[entete.place]]
        sont_tous_la = len(noms) == len(self._table.lignes) == len(set(noms))
        est_connue = any(autre.designer(entete.texte) for autre in self._autres)
        return sont_tous_la and not est_connue and self._ressemble_a_des_noms(entete)

    def _ceder(
        self,
        candidate: _Candidate,
        prises: Mapping[str, Intitule],
        candidates: Sequence[_Candidate],
    ) -> _Candidate | None:
        """L'autre place de la colonne reçue qui tient celle-ci, si elle seule en a une autre.

        « Éditeur » laisse « Prestataire » à « Fournisseur », et va parmi les autres prestataires.
        """
        libres = [c for c in candidates if not c.refus and c.designation.colonne not in prises]
        if any(c.entete.place == candidate.entete.place for c in libres):
            return None
        tenante = prises[candidate.designation.colonne].place
        return next(
            (
                c
                for c in libres
                if c.entete.place == tenante
                and self._feuille.par_id[c.designation.colonne].plusieurs
            ),
            None,
        )

    def _candidates(self) -> Iterator[_Candidate]:
        for entete in self._table.entetes:
            if self._est_secret(entete):
                continue
            designations = self._lexique.designer(entete.texte, entete.groupe)
            for designation in designations or self._par_le_contenu(entete):
                comprehension = self._comprendre(entete, designation)
                refus = self._dementir(entete, designation, comprehension)
                yield _Candidate(designation, entete, comprehension, refus)

    def _comprendre(self, entete: Intitule, designation: Designation) -> Comprehension:
        cellules = self._colonnes[entete.place]
        return comprendre(cellules, self._lecteur(entete, designation))

    def _lecteur(self, entete: Intitule, designation: Designation) -> LecteurDeColonne:
        colonne = self._feuille.par_id[designation.colonne]
        ordre = self._ordre(entete, colonne)[0]
        origine = self._table.tableau.origine
        question = designation.question
        return preparer(
            colonne, self._feuille, self._modele, origine, question=question, ordre=ordre
        )

    def _ordre(self, entete: Intitule, colonne: Colonne) -> tuple[OrdreDesDates | None, bool]:
        if colonne.genre not in DATES:
            return None, True
        return ordre_des_dates(self._colonnes[entete.place])

    def _dementir(
        self, entete: Intitule, designation: Designation, comprehension: Comprehension
    ) -> str:
        """Pourquoi une colonne ainsi nommée n'en est pas une ; rien si elle peut l'être."""
        colonne = self._feuille.par_id[designation.colonne]
        if dite := self._compter_autre_chose(entete, colonne):
            return dite
        if colonne.id == self._feuille.cle and not self._ressemble_a_des_noms(entete):
            return f"ses valeurs sont des nombres ou des dates, pas « {colonne.libelle} »"
        est_nommee = colonne.genre is Genre.LISTE and designation.force > Force.MOTS
        if designation.force >= Force.LIBELLE or est_nommee or not comprehension.remplies:
            return ""
        if colonne.genre in _EXIGEANTS and not comprehension.comprises:
            return f"aucune de ses valeurs ne se lit dans « {colonne.libelle} »"
        if colonne.genre in _EXIGEANTS and comprehension.part < _ASSEZ:
            return f"presque aucune de ses valeurs ne se lit dans « {colonne.libelle} »"
        if colonne.genre is Genre.REFERENCE and not self._ressemble_a_des_noms(entete):
            return f"ses valeurs sont des nombres ou des dates, pas « {colonne.libelle} »"
        return ""

    def _compter_autre_chose(self, entete: Intitule, colonne: Colonne) -> str:
        """Une autre monnaie, une autre unité que celles de la colonne, dites par l'en-tête."""
        dits = {*mots(entete.texte), *entete.texte.lower().split(), *entete.texte}
        if colonne.genre is Genre.MONTANT:
            monnaies = {devise.lower() for devise in self._mots.devises}
            if dits & monnaies:
                return f"une autre monnaie que celle de « {colonne.libelle} »"
        unite = self._modele.identite.unites.get(colonne.unite or "")
        if unite and {cle_large(mot) for mot in (*unite.proches, *unite.autres)} & {
            cle_large(mot) for mot in mots(entete.texte) if len(mot) > 2
        }:
            return f"une autre unité que celle de « {colonne.libelle} »"
        return ""

    def _ressemble_a_des_noms(self, entete: Intitule) -> bool:
        cellules = self._colonnes[entete.place]
        nombres = sum(est_un_nombre_ou_une_date(c, c.texte.strip()) for c in cellules)
        return 2 * nombres < len(cellules)

    def _par_le_contenu(self, entete: Intitule) -> Iterator[Designation]:
        """D'un en-tête qui ne dit rien, ce que disent les cellules : une adresse, un IDE…"""
        cellules = self._colonnes[entete.place]
        if len({c.texte.strip() for c in cellules}) < 2:
            return
        if any(autre.designer(entete.texte, entete.groupe) for autre in self._autres):
            return
        possibles = [
            colonne.id
            for colonne in self._feuille.saisies
            if self._se_trahit(entete, colonne, cellules)
        ]
        if len(possibles) == 1:
            yield Designation(possibles[0], Force.CONTENU)

    def _se_trahit(self, entete: Intitule, colonne: Colonne, cellules: Sequence[Cellule]) -> bool:
        """Vrai si presque toutes les cellules n'ont de sens que dans cette colonne."""
        if colonne.genre not in (Genre.COURRIEL, Genre.IDE, Genre.LISTE):
            return False
        if colonne.genre is Genre.LISTE and self._sont_banales(cellules):
            return False
        if colonne.genre is Genre.LISTE:
            connues = comparables(self._modele.ecritures(colonne))
            dites = sum(cle_large(cellule.texte) in connues for cellule in cellules)
            return dites >= _BEAUCOUP * len(cellules)
        comprehension = self._comprendre(entete, Designation(colonne.id, Force.CONTENU))
        return comprehension.part >= _BEAUCOUP

    def _sont_banales(self, cellules: Sequence[Cellule]) -> bool:
        """Vrai si elles répondent à n'importe quelle question : oui, non, aucun, un seul mot."""
        banales = comparables((*self._mots.oui, *self._mots.non, *self._mots.riens))
        propres = {cle_large(c.texte) for c in cellules} - banales - {""}
        return len(propres) < 2

    def _est_secret(self, entete: Intitule) -> bool:
        """Vrai si la colonne donne des mots de passe, et non une date ou un oui qui en parle."""
        if not any(secret <= pleins(entete.texte) for secret in self._secrets):
            return False
        textes = [cellule.texte.strip() for cellule in self._colonnes[entete.place]]
        anodins = comparables((*self._mots.oui, *self._mots.non, *self._mots.riens))
        return any(
            (cle_large(texte) or texte) not in anodins and depuis_texte(texte) is None
            for texte in textes
        )

    def _retenir(self, candidate: _Candidate, *, est_cedee: bool) -> Attribution:
        designation, entete = candidate.designation, candidate.entete
        colonne = self._feuille.par_id[designation.colonne]
        ordre, est_prouve = self._ordre(entete, colonne)
        confiance, pourquoi = self._peser(candidate, colonne)
        confiance = Confiance.A_VERIFIER if est_cedee else confiance
        if ordre is OrdreDesDates.MOIS_JOUR:
            pourquoi += ", dates écrites mois/jour"
        elif not est_prouve:
            confiance, pourquoi = Confiance.A_VERIFIER, f"{pourquoi}, dates lues jour/mois"
        return Attribution(
            entete, Emploi.MODELE, confiance, pourquoi, colonne.id, designation.question, ordre
        )

    def _peser(self, candidate: _Candidate, colonne: Colonne) -> tuple[Confiance, str]:
        force, part = candidate.designation.force, candidate.comprehension.part
        combien = candidate.comprehension
        lues = "valeur lue" if combien.comprises < 2 else "valeurs lues"
        doute = f", {combien.comprises} {lues} sur {combien.remplies}" if part < 1 else ""
        if force >= Force.SYNONYME - 40 and part >= _BEAUCOUP:
            nomme = "le même nom" if force >= Force.LIBELLE else "un nom connu"
            return Confiance.SURE, f"{nomme}{doute}"
        if part < _ASSEZ:
            return Confiance.A_VERIFIER, f"un nom connu{doute}"
        if colonne.genre is Genre.MONTANT and not _MONNAIE_DITE.search(candidate.entete.texte):
            return Confiance.A_VERIFIER, f"un nom d'ailleurs, sans monnaie dite{doute}"
        if force <= Force.CONTENU:
            return Confiance.A_VERIFIER, f"d'après ses valeurs{doute}"
        if force <= Force.MOTS:
            return Confiance.A_VERIFIER, f"un nom proche{doute}"
        return Confiance.PROBABLE, f"un nom d'ailleurs{doute}"

    def _laisser(self, entete: Intitule, refus: str) -> Attribution:
        if self._est_secret(entete):
            dite = "un mot de passe n'entre dans aucun classeur"
            return Attribution(entete, Emploi.LAISSEE, Confiance.SURE, dite)
        if not self._colonnes[entete.place]:
            return Attribution(entete, Emploi.LAISSEE, Confiance.SURE, "aucune valeur")
        confiance = Confiance.A_VERIFIER if refus else Confiance.NON_RECONNUE
        return Attribution(entete, Emploi.PROPRE, confiance, refus or "rien ne la désigne")

    def _dire_prise(self, colonne: str, autre: Intitule) -> str:
        libelle = self._feuille.libelle_de(colonne)
        return f"« {libelle} » est déjà « {autre.texte} »"


def _preference(candidate: _Candidate) -> tuple[bool, bool, float, int]:
    """La mieux désignée d'abord ; à force égale, celle de gauche. Une démentie passe en dernier.

    Des « x » ne disent rien sous « Données personnelles », mais quelque chose sous « sensibles ».
    """
    lues = candidate.comprehension
    ne_dit_rien = lues.remplies > 0 and not lues.comprises
    force, place = -candidate.designation.force, candidate.entete.place
    return bool(candidate.refus), ne_dit_rien, force, place


class Registrable(NamedTuple):
    """Un registre où une table peut aller : ses attributions, et ce qui le désigne."""

    feuille: Feuille
    attributions: tuple[Attribution, ...]
    points: float

    @property
    def a_sa_cle(self) -> bool:
        """Vrai si une colonne reçue nomme les choses."""
        return any(a.colonne == self.feuille.cle for a in self.attributions)


def registres_possibles(
    table: TableRecue, lexiques: Sequence[Lexique], modele: Modele, fichier: Texte
) -> list[Registrable]:
    """Les registres où cette table peut aller, le mieux désigné d'abord."""
    possibles = []
    for lexique in lexiques:
        autres = [autre for autre in lexiques if autre is not lexique]
        attributions = Attributaire(table, lexique, modele, autres).attribuer()
        restent = (a for a in attributions if a.emploi is Emploi.PROPRE)
        nomme_autre_chose = any(lexique.est_generique(a.entete.texte) for a in restent)
        points = sum(
            _valoir(a, lexique, nomme_autre_chose=nomme_autre_chose)
            for a in attributions
            if a.emploi is Emploi.MODELE
        )
        nomme = _nommes(lexique.feuille) & {
            cle_large(table.tableau.nom),
            *map(cle_large, mots(fichier)),
        }
        dites = tuple(_dire_d_un_autre(a, autres) for a in attributions)
        possibles.append(Registrable(lexique.feuille, dites, points + 2 * bool(nomme)))
    return sorted(possibles, key=lambda p: (not p.a_sa_cle, -p.points))


def _dire_d_un_autre(attribution: Attribution, autres: Sequence[Lexique]) -> Attribution:
    """D'une colonne non reconnue, le registre qui l'aurait : elle n'y va pas, et cela se dit."""
    if attribution.confiance is not Confiance.NON_RECONNUE:
        return attribution
    for autre in autres:
        for designation in autre.designer(attribution.entete.texte, attribution.entete.groupe):
            if designation.colonne == autre.feuille.cle:
                continue
            libelle = autre.feuille.libelle_de(designation.colonne)
            dite = f"sa place serait « {libelle} », dans « {autre.feuille.libelle} »"
            return msgspec.structs.replace(
                attribution, confiance=Confiance.A_VERIFIER, pourquoi=dite
            )
    return attribution


def _valoir(attribution: Attribution, lexique: Lexique, *, nomme_autre_chose: bool) -> float:
    """Ce que pèse une colonne retrouvée : la clé surtout, si elle dit de quoi est la liste.

    De « Libellé, Fournisseur », la liste n'est pas de fournisseurs : « Libellé » nomme autre chose.
    """
    if attribution.colonne != lexique.feuille.cle or nomme_autre_chose:
        return 1.0
    est_douteuse = attribution.confiance is Confiance.A_VERIFIER
    return 0.5 if est_douteuse or lexique.est_generique(attribution.entete.texte) else 2.5


def _nommes(feuille: Feuille) -> set[str]:
    return set(map(cle_large, (feuille.libelle, feuille.id, *feuille.synonymes)))


def points_d_appareils(table: TableRecue, modele: Modele) -> int:
    """Combien de ses colonnes sont d'un inventaire de matériel ; leurs valeurs comptent double."""
    mots_connus = modele.identite.importation
    entetes, sortes = (
        comparables(mots_connus.appareils),
        comparables(mots_connus.sortes_d_appareils),
    )
    points = sum(cle_large(entete.texte) in entetes for entete in table.entetes)
    for entete in table.entetes:
        formes = [cle_large(cellule.texte) for _, cellule in table.cellules(entete.place)]
        points += 2 if formes and 2 * sum(f in sortes for f in formes) >= len(formes) else 0
    return points


def est_d_appareils(table: TableRecue, choisi: Registrable, modele: Modele) -> bool:
    """Vrai si la table inscrit des appareils plutôt que des logiciels ou des prestataires."""
    points = points_d_appareils(table, modele)
    propres_a_lui = sum(
        a.emploi is Emploi.MODELE and _est_parlante(choisi.feuille, a) for a in choisi.attributions
    )
    return points > 1 and points > propres_a_lui


def est_couchee(table: TableRecue, lexiques: Sequence[Lexique]) -> bool:
    """Vrai si les en-têtes sont dans la première colonne, et les logiciels côte à côte."""
    if len(table.lignes) > _QUESTIONS_AU_PLUS:
        return False
    debut = [cellule.texte for _, cellule in table.cellules(min(table.places))]
    connus = sum(
        any(d.force >= Force.AILLEURS - 60 for x in lexiques for d in x.designer(texte))
        for texte in debut
    )
    return connus > 2 and 2 * connus > len(debut)


def _est_parlante(feuille: Feuille, attribution: Attribution) -> bool:
    """Vrai pour une colonne qu'un inventaire de matériel n'aurait pas."""
    colonne = feuille.par_id[attribution.colonne]
    est_nommee = bool(pleins(attribution.entete.texte))
    return est_nommee and colonne.id != feuille.cle and colonne.genre in _PARLANTS


_PARLANTS = {Genre.LISTE, Genre.MONTANT, Genre.ENTIER, *DATES, Genre.REFERENCE, Genre.IDE}


def par_place(attributions: Sequence[Attribution]) -> Mapping[int, Attribution]:
    """Les attributions par place de leur colonne."""
    return {attribution.entete.place: attribution for attribution in attributions}
