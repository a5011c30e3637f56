"""Les mots d'une liste faite ailleurs : quelle colonne du modèle un en-tête y désigne.

Un libellé et un synonyme désignent comme dans un classeur ; « ailleurs », ce que d'autres
écrivent ; au-delà, les mêmes mots dans un autre ordre, avec un mot accessoire (« nom du tiers »),
ou une coquille. Rien d'autre ne ressemble
assez : « Coût mensuel » n'est pas « Coût annuel ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from pilotage_xlsx.modele import Colonne, Feuille, Genre, Modele
from pilotage_xlsx.modele.identite import Importation
from pilotage_xlsx.modele.vocabulaire import OuiOuNon
from pilotage_xlsx.registre.rapprochement import mots, sont_presque_identiques
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import LONGUEUR_D_UN_NOM, Texte, cle_large, normaliser

_PARENTHESES = motif(r"\s{0,9}[(\[][^()\[\]]{0,99}[)\]]\s{0,9}")
_PARENTHESES_DEDANS = motif(r"[(\[]([^()\[\]]{1,99})[)\]]")
_PARTIES = motif(r"\s{0,9}(?:[/|]|->)\s{0,9}|\s{1,9}-\s{1,9}")
_CHAMP = motif(r"\s{0,9}->\s{0,9}|\s{1,9}-\s{1,9}")
"""« Contrats - Nom », « Organisation->Nom » : le champ d'un objet lié, dans un export."""
_MONNAIE = motif(r"(?:\s{1,9}(?:in|en))?\s{1,9}(?:CHF|Fr|TTC|HT)\.?$", re.IGNORECASE)
"""« Costo annuo CHF », « Jahreskosten in CHF » : la monnaie, sans parenthèses."""
_SANS_POIDS = frozenset((
    *("de", "du", "des", "d", "l", "le", "la", "les", "en", "a", "au", "aux"),
    *("et", "par", "pour", "dans", "ca", "ce", "est", "sont", "se", "faut"),
    *("the", "of", "for", "and"),
    *("der", "die", "das", "von", "und", "fur", "zum", "zur", "in", "im", "am"),
    *("di", "del", "della", "dei", "delle", "il", "lo", "gli", "e", "per", "nel", "al"),
))  # fmt: skip
"""Ce qui ne désigne rien dans un en-tête, en quatre langues."""
_NUMERO = frozenset(("n", "no", "nr", "num", "numero", "nummer", "number"))
"""« N° client », « Kunden-Nr. », « Numero cliente » : un même mot."""


class Force(IntEnum):
    """À quel point un en-tête désigne une colonne ; le plus grand l'emporte."""

    CONTENU = 100
    COQUILLE = 500
    DOUTE = 599
    MOTS = 600
    AILLEURS = 800
    SYNONYME = 900
    LIBELLE = 1_000


class Designation(NamedTuple):
    """Une colonne qu'un en-tête désigne : avec quelle force, et par quelle question s'il y en a."""

    colonne: str
    force: int
    question: OuiOuNon | None = None


class Lexique:
    """Ce qui désigne les colonnes d'une feuille ; un nom que deux feuilles ont y pèse moins."""

    def __init__(
        self, feuille: Feuille, mots: Importation, generiques: frozenset[str] = frozenset()
    ) -> None:
        self.feuille, self._generiques = feuille, generiques
        self._accessoires = frozenset().union(*map(pleins, mots.accessoires))
        partout = frozenset().union(*map(pleins, mots.neutres.get("*", ())))
        self._neutres = {
            colonne.id: partout | _par_colonne(feuille, colonne, mots.neutres)
            for colonne in feuille.saisies
        }
        self._douteux = tuple(
            (nom, colonne.id)
            for colonne in feuille.saisies
            for nom in mots.douteux.get(f"{feuille.id}.{colonne.id}", ())
        )
        self._exacts = dict(_exacts(feuille))
        self._connus: dict[str, tuple[Designation, ...]] = {}

    def designer(self, entete: Texte, groupe: Texte = "") -> tuple[Designation, ...]:
        """Les colonnes que cet en-tête désigne, la mieux désignée d'abord.

        ``groupe`` : le titre au-dessus de lui, quand l'en-tête a deux étages.
        """
        connu = f"{entete}\0{groupe}"
        if connu not in self._connus:
            self._connus[connu] = self._chercher(entete, groupe)
        return self._connus[connu]

    def est_generique(self, entete: Texte) -> bool:
        """Vrai pour « Nom » ou « Désignation », qui ne disent pas de quoi est la liste."""
        return cle_large(entete) in self._generiques

    def _chercher(self, entete: Texte, groupe: Texte) -> tuple[Designation, ...]:
        if len(entete) > LONGUEUR_D_UN_NOM:
            return ()
        trouvees: dict[str, Designation] = {}
        for designation in self._toutes(normaliser(entete), normaliser(groupe)):
            connue = trouvees.get(designation.colonne)
            if connue is None or connue.force < designation.force:
                trouvees[designation.colonne] = designation
        return tuple(sorted(trouvees.values(), key=lambda d: -d.force))

    def _toutes(self, entete: Texte, groupe: str) -> Iterator[Designation]:
        """Sous le titre d'un autre objet (« Prestataire »), une colonne ne parle que de lui."""
        if groupe and self.est_generique(entete):
            de_l_objet = [*self._de_l_objet(groupe, est_un_titre=True)]
            yield from de_l_objet
            if de_l_objet:
                return
        if groupe and self._nomme_un_autre_objet(groupe):
            yield from filter(self._est_un_autre_objet, self._exactes(entete, 0))
            return
        yield from self._exactes(entete, 0)
        *objet, champ = _CHAMP.split(entete)
        if objet and self.est_generique(champ):
            yield from self._de_l_objet(" - ".join(objet))
            return
        sans = _MONNAIE.sub("", _PARENTHESES.sub(" ", entete).strip())
        if sans and sans != entete:
            yield from self._exactes(sans, 20)
        for partie in (*_PARTIES.split(champ), *_PARENTHESES_DEDANS.findall(entete)):
            if partie != entete:
                yield from self._exactes(partie, 150)
        yield from self._par_les_mots(pleins(entete), 0)
        if groupe:
            yield from self._par_les_mots(pleins(f"{groupe} {entete}"), 20)
        yield from self._accompagnes(pleins(entete))
        yield from self._par_abrege(entete)
        yield from self._par_coquille(entete)

    def _de_l_objet(self, objet: Texte, *, est_un_titre: bool = False) -> Iterator[Designation]:
        """Ce que désigne le nom d'un objet lié : la chose que la liste inscrit, sous un titre."""
        cherches = pleins(objet) - self._accessoires
        for connus, colonne in self._mots:
            est_la_chose = colonne == self.feuille.cle and not est_un_titre
            if cherches and connus - self._accessoires == cherches and not est_la_chose:
                yield Designation(colonne, Force.MOTS - 20)

    def _nomme_un_autre_objet(self, groupe: Texte) -> bool:
        """Vrai pour le titre qui nomme ce qu'une référence désigne : le prestataire d'un outil."""
        return any(map(self._est_un_autre_objet, self._exacts.get(cle_large(groupe), ())))

    def _est_un_autre_objet(self, designation: Designation) -> bool:
        return self.feuille.par_id[designation.colonne].genre is Genre.REFERENCE

    def _exactes(self, texte: Texte, recul: int) -> Iterator[Designation]:
        recul += 150 if self.est_generique(texte) else 0
        for designation in self._exacts.get(cle_large(texte), ()):
            yield designation._replace(force=designation.force - recul)
        for nom, colonne in self._douteux:
            if cle_large(nom) == cle_large(texte):
                yield Designation(colonne, Force.DOUTE)

    def _par_les_mots(self, cherches: frozenset[str], recul: int) -> Iterator[Designation]:
        for connus, colonne in self._mots if len(cherches) > 1 else ():
            if connus == cherches:
                yield Designation(colonne, Force.MOTS - recul)
        reste = cherches - self._accessoires
        for connus, colonne in self._mots if reste and reste != cherches else ():
            if connus - self._accessoires == reste:
                yield Designation(colonne, Force.MOTS - 40 - recul)

    def _accompagnes(self, cherches: frozenset[str]) -> Iterator[Designation]:
        """La colonne dont un nom est tout entier dans l'en-tête, entre des mots neutres pour elle.

        Plusieurs colonnes à la fois n'en désignent aucune ; un montant veut plus d'un mot, car
        « Coût » ne dit pas de quoi.
        """
        trouvees: dict[str, int] = {}
        for connus, colonne in self._mots:
            assez = 2 if self.feuille.par_id[colonne].genre is Genre.MONTANT else 1
            reste = cherches - connus - self._accessoires
            if assez <= len(connus) and connus < cherches and reste <= self._neutres[colonne]:
                trouvees[colonne] = max(trouvees.get(colonne, 0), len(connus))
        long = max(trouvees.values(), default=0)
        longues = [colonne for colonne, combien in trouvees.items() if combien == long]
        if len(longues) == 1:
            yield Designation(longues[0], Force.MOTS - 60)

    def _par_abrege(self, entete: Texte) -> Iterator[Designation]:
        """« Fourn. », « Éch. contrat » : le début d'un nom ; de plusieurs, le plus court."""
        ecrits = [(cle_large(mot), mot.endswith(".")) for mot in entete.split()]
        if not any(est_coupe and len(mot) > 2 for mot, est_coupe in ecrits):
            return
        possibles = [
            (sum(map(len, connus)), colonne)
            for connus, colonne in self._suites
            if len(connus) == len(ecrits)
            and all(
                connu.startswith(mot) if est_coupe else connu == mot
                for connu, (mot, est_coupe) in zip(connus, ecrits, strict=True)
            )
        ]
        court = min(possibles, default=(0, ""))[0]
        trouvees = {colonne for longueur, colonne in possibles if longueur == court}
        if len(trouvees) == 1:
            yield Designation(trouvees.pop(), Force.MOTS - 80)

    def _par_coquille(self, entete: Texte) -> Iterator[Designation]:
        for nom, colonne in self._noms:
            if len(nom) > 5 and sont_presque_identiques(entete, nom):
                yield Designation(colonne, Force.COQUILLE)

    @cached_property
    def _suites(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Les mots de chaque nom, dans l'ordre, sans ceux qui ne pèsent pas."""
        noms = (
            (nom, c.id)
            for c in self.feuille.saisies
            for nom in (c.libelle, *c.synonymes, *c.ailleurs)
        )
        return tuple(
            (tuple(mot for mot in mots(nom) if mot not in _SANS_POIDS), colonne)
            for nom, colonne in noms
        )

    @cached_property
    def _noms(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (nom, colonne.id)
            for colonne in self.feuille.saisies
            for nom in (colonne.libelle, *colonne.synonymes)
        )

    @cached_property
    def _mots(self) -> tuple[tuple[frozenset[str], str], ...]:
        ailleurs = ((nom, c.id) for c in self.feuille.saisies for nom in c.ailleurs)
        return tuple(
            (pleins(nom), colonne) for nom, colonne in (*self._noms, *ailleurs, *self._douteux)
        )


def lexiques_de(modele: Modele) -> tuple[Lexique, ...]:
    """Un lexique par registre où une liste peut s'importer."""
    feuilles = [feuille for feuille in modele.registres if feuille.s_importe]
    cles = [_noms_de(feuille.par_id[feuille.cle or ""]) for feuille in feuilles]
    communs = {nom for nom in set().union(*cles) if sum(nom in noms for noms in cles) > 1}
    mots = modele.identite.importation
    return tuple(Lexique(feuille, mots, frozenset(communs)) for feuille in feuilles)


def pleins(texte: Texte) -> frozenset[str]:
    """Les mots d'un en-tête qui pèsent, au singulier : « Date de fin » et « dates fin »."""
    return frozenset(
        "numero" if mot in _NUMERO else mot[:-1] if len(mot) > 3 and mot.endswith("s") else mot
        for mot in mots(texte)
        if mot not in _SANS_POIDS
    )


def habillage_de(feuille: Feuille, colonne: Colonne, mots: Importation) -> frozenset[str]:
    """Les mots qui entourent une valeur de cette colonne sans la changer."""
    return _par_colonne(feuille, colonne, mots.habillages)


def _par_colonne(
    feuille: Feuille, colonne: Colonne, dits: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    return frozenset().union(*map(pleins, dits.get(f"{feuille.id}.{colonne.id}", ())))


def serrer(texte: Texte, habillage: frozenset[str]) -> str:
    """La forme comparable d'une valeur sans son habillage : « Logiciel de comptabilité »."""
    return "".join(m for m in mots(texte) if m not in _SANS_POIDS and not pleins(m) <= habillage)


def _noms_de(colonne: Colonne) -> set[str]:
    noms = (colonne.libelle, *colonne.synonymes, *colonne.anciens_noms, *colonne.ailleurs)
    return {cle_large(nom) for nom in noms}


def _exacts(feuille: Feuille) -> Iterator[tuple[str, tuple[Designation, ...]]]:
    """Par forme comparable, tout ce qu'un texte désigne exactement."""
    trouvees: dict[str, dict[str, Designation]] = {}
    for colonne in feuille.colonnes:
        for nom, force in _forces(colonne):
            siennes = trouvees.setdefault(cle_large(nom), {})
            if colonne.id not in siennes:
                question = question_de(colonne, nom)
                siennes[colonne.id] = Designation(colonne.id, force, question)
    yield from ((nom, tuple(siennes.values())) for nom, siennes in trouvees.items())


def _forces(colonne: Colonne) -> Iterator[tuple[str, int]]:
    if colonne.genre is Genre.CALCULE:
        return
    yield colonne.libelle, Force.LIBELLE
    recul = 100 if colonne.plusieurs else 0  # ce qui en admet plusieurs prend ce qui reste
    noms = (*colonne.synonymes, *colonne.anciens_noms)
    yield from ((nom, Force.SYNONYME - rang) for rang, nom in enumerate(noms))
    yield from ((nom, Force.AILLEURS - recul - rang) for rang, nom in enumerate(colonne.ailleurs))
    demandes = (nom for question in colonne.questions for nom in question.dites)
    yield from ((nom, Force.AILLEURS - 60) for nom in demandes)


def question_de(colonne: Colonne, entete: Texte) -> OuiOuNon | None:
    """La question que pose cet en-tête, si la colonne la connaît."""
    cherche = cle_large(entete)
    return next(
        (q for q in colonne.questions if cherche in map(cle_large, q.dites)),
        None,
    )


def comparables(textes: Iterable[str]) -> frozenset[str]:
    """Les formes sous lesquelles ces textes se comparent, sans accents ni ponctuation."""
    return frozenset(cle_large(texte) or texte for texte in textes)


def traductions(colonne: Colonne, modele: Modele) -> Mapping[str, str]:
    """Ce qu'une liste faite ailleurs écrit pour chaque mot de la colonne, par forme comparable.

    Ce que le modèle écrit lui-même l'emporte ; ce qui dirait deux mots n'en dit aucun.
    """
    sienne = {cle_large(ecrit): dit for ecrit, dit in modele.ecritures(colonne).items()}
    sienne |= {cle_large(ecrit): dit for ecrit, dit in colonne.mentions_ecrites.items()}
    venus: dict[str, set[str]] = {}
    for mot in modele.mots(colonne):
        for ecrit in mot.ailleurs:
            venus.setdefault(cle_large(ecrit), set()).add(mot.libelle)
    sans_doute = {ecrit: dits.pop() for ecrit, dits in venus.items() if len(dits) == 1}
    return {**sans_doute, **sienne}
