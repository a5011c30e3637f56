"""D'un tableau reçu à ses tables : où est l'en-tête, quelles lignes sont des choses inscrites.

Titres au-dessus, totaux et notes en dessous, en-tête répété à chaque page, deux tables l'une sous
l'autre ou côte à côte : ce qui n'est pas une ligne de la liste s'écarte, avec sa raison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import combinations, groupby, islice
from typing import NamedTuple

import msgspec

from pilotage_xlsx.importation.lexique import Force, Lexique, comparables
from pilotage_xlsx.modele.identite import Importation
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.registre.genres import lire_nombre
from pilotage_xlsx.registre.tableaux import Rang, TableauRecu
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.dates import depuis_texte
from pilotage_xlsx.socle.textes import Texte, cle_large, normaliser

_LIGNES_EXAMINEES = 60
_PHRASE = 6
_LARGEUR_D_UN_GROUPE = 3
_ANNEES = range(1990, 2100)


class RaisonDEcart(StrEnum):
    """Pourquoi une ligne reçue n'est pas une chose inscrite."""

    ENTETE = "en-tête"
    TITRE = "titre"
    TOTAL = "total"
    REPETE = "en-tête répété"
    NOTE = "note"
    NOMBRES = "nombres sans nom"
    SANS_TABLE = "rien qui désigne une liste"


class LigneEcartee(NamedTuple):
    """Une ligne écartée : où, pourquoi, ce qu'elle dit, et ses cellules."""

    tableau: str
    ligne: int
    raison: RaisonDEcart
    texte: str
    places: tuple[int, ...]


class Intitule(NamedTuple):
    """L'en-tête d'une colonne reçue ; ``groupe`` est le titre au-dessus, s'il a deux étages."""

    place: int
    texte: str
    groupe: str = ""


class TableRecue(msgspec.Struct, frozen=True):
    """Une table d'un tableau : ses en-têtes, ses lignes, et le titre du groupe de chacune."""

    tableau: TableauRecu
    nom: str
    ligne: int
    entetes: tuple[Intitule, ...]
    lignes: tuple[int, ...]
    groupes: Mapping[int, str]
    titres_de_groupe: Mapping[int, tuple[int, str]]
    places: frozenset[int]

    def cellules(self, place: int) -> list[tuple[int, Cellule]]:
        """Les cellules remplies d'une colonne, avec leur ligne."""
        lignes = self.tableau.lignes
        return [(n, lignes[n][place]) for n in self.lignes if place in lignes[n]]


class TablesTrouvees(NamedTuple):
    """Les tables d'un tableau, et les lignes qui n'en sont pas."""

    tables: tuple[TableRecue, ...]
    ecarts: tuple[LigneEcartee, ...]


class _Vocabulaire(NamedTuple):
    """De quoi reconnaître un en-tête et un total."""

    lexiques: tuple[Lexique, ...]
    appareils: frozenset[str]
    totaux: frozenset[str]
    notes: frozenset[str]

    def connait(self, texte: Texte) -> bool:
        """Vrai si un en-tête peut s'écrire ainsi, dans une langue ou l'autre."""
        forts = (d.force >= Force.MOTS - 20 for x in self.lexiques for d in x.designer(texte))
        return cle_large(texte) in self.appareils or any(forts)

    def dit_de_quoi(self, textes: Sequence[Texte]) -> bool:
        """Vrai si des en-têtes nomment ce que la liste inscrit : une clé, ou des appareils."""
        est_d_appareils = sum(cle_large(texte) in self.appareils for texte in textes) > 1
        return est_d_appareils or any(map(self.designe_une_cle, textes))

    def designe_une_cle(self, texte: Texte) -> bool:
        """Vrai si ce texte nomme sans doute la clé d'un registre."""
        return any(
            designation.colonne == lexique.feuille.cle and designation.force != Force.DOUTE
            for lexique in self.lexiques
            for designation in lexique.designer(texte)
        )


def decouper(
    tableau: TableauRecu, lexiques: tuple[Lexique, ...], mots: Importation
) -> TablesTrouvees:
    """Les tables de ce tableau ; chaque cellule est dans l'une d'elles, ou dans un écart."""
    vocabulaire = _Vocabulaire(
        lexiques, comparables(mots.appareils), comparables(mots.totaux), comparables(mots.notes)
    )
    tables: list[TableRecue] = []
    ecarts: list[LigneEcartee] = []
    for places in _bandes(tableau, vocabulaire):
        lignes = {n: {p: c for p, c in r.items() if p in places} for n, r in tableau.lignes.items()}
        bande = msgspec.structs.replace(tableau, lignes={n: r for n, r in lignes.items() if r})
        for table, siens in _tables(bande, vocabulaire):
            ecarts += siens
            tables += [table] if table else []
    nommees = tuple(_nommer(table, len(tables) > 1) for table in tables)
    return TablesTrouvees(nommees, tuple(ecarts))


def _nommer(table: TableRecue, est_une_parmi: bool) -> TableRecue:
    """« Feuil1 », ou « Feuil1, dès A12 » si elle n'y est pas seule."""
    coin = f"{lettres_de(min(table.places, default=1))}{table.ligne}"
    nom = f"{table.nom}, dès {coin}" if est_une_parmi else table.nom
    return msgspec.structs.replace(table, nom=nom)


def _bandes(tableau: TableauRecu, vocabulaire: _Vocabulaire) -> list[frozenset[int]]:
    """Les colonnes, en bandes si deux tables sont côte à côte ; sinon, toutes ensemble."""
    remplies = sorted({place for rang in tableau.lignes.values() for place in rang})
    suites = [
        frozenset(place for _, place in suite)
        for _, suite in groupby(enumerate(remplies), key=lambda paire: paire[1] - paire[0])
    ]
    entetes = [_son_entete(tableau, suite, vocabulaire) for suite in suites]
    if len(suites) > 1 and all(entetes):
        repetent = _repetent_un_nom(tableau, suites, entetes, vocabulaire)
        if repetent or _sont_independantes(tableau, suites, entetes):
            return suites
    return [frozenset(remplies)]


def _repetent_un_nom(
    tableau: TableauRecu,
    suites: Sequence[frozenset[int]],
    entetes: Sequence[int],
    vocabulaire: _Vocabulaire,
) -> bool:
    """Vrai si deux d'entre elles ont « Fournisseur » : une seule table ne l'a pas deux fois."""
    nommes = [
        {cle_large(c.texte) for p, c in tableau.lignes[n].items() if p in places}
        for places, n in zip(suites, entetes, strict=True)
    ]
    communs = (une & autre for une, autre in combinations(nommes, 2))
    return any(map(vocabulaire.designe_une_cle, set().union(*communs)))


def _sont_independantes(
    tableau: TableauRecu, suites: Sequence[frozenset[int]], entetes: Sequence[int]
) -> bool:
    """Vrai si elles ne commencent ou ne finissent pas ensemble : une seule table a des trous."""
    if len(set(entetes)) > 1:
        return True
    lignes = [[n for n, rang in tableau.lignes.items() if places & set(rang)] for places in suites]
    fins = sorted(siennes[-1] for siennes in lignes)
    sont_pleines = all(s[-1] - entetes[0] == sum(n > entetes[0] for n in s) for s in lignes)
    return sont_pleines and fins[-1] - fins[0] > 1


def _son_entete(tableau: TableauRecu, places: frozenset[int], vocabulaire: _Vocabulaire) -> int:
    """La ligne où ces colonnes ont à elles seules un en-tête, avec un nom de chose ; sinon 0."""
    for numero, rang in islice(tableau.lignes.items(), _LIGNES_EXAMINEES):
        textes = [rang[place].texte for place in places if place in rang]
        connus = sum(map(vocabulaire.connait, textes))
        if connus > 1 and any(map(vocabulaire.designe_une_cle, textes)):
            return numero
    return 0


def _tables(
    bande: TableauRecu, vocabulaire: _Vocabulaire
) -> Iterator[tuple[TableRecue | None, list[LigneEcartee]]]:
    """Les tables l'une sous l'autre, chacune avec les lignes qui s'en écartent."""
    numeros = list(bande.lignes)
    departs = _departs(bande, numeros, vocabulaire)
    if not departs:
        yield None, [_ecarter(bande, n, RaisonDEcart.SANS_TABLE) for n in numeros]
        return
    avant = [_ecarter(bande, n, RaisonDEcart.TITRE) for n in numeros if n < departs[0]]
    for depart, suivant in zip(departs, [*departs[1:], None], strict=True):
        lignes = [n for n in numeros if n >= depart and (suivant is None or n < suivant)]
        table, ecarts = _Depouillement(bande, lignes, vocabulaire, suivant is not None).faire()
        yield table, [*avant, *ecarts]
        avant = []


def _departs(bande: TableauRecu, numeros: Sequence[int], vocabulaire: _Vocabulaire) -> list[int]:
    """La ligne d'en-tête de chaque table, de haut en bas."""
    debut = numeros[:_LIGNES_EXAMINEES]
    sures = (n for n in debut if _est_un_entete(bande.lignes[n], vocabulaire))
    meilleure = max(debut, key=lambda n: _merite(bande.lignes[n], vocabulaire), default=0)
    premiere = next(sures, meilleure)
    if not premiere or _merite(bande.lignes[premiere], vocabulaire) == (0, 0):
        return []
    departs, textes = [premiere], _textes(bande.lignes[premiere])
    for numero in numeros:
        est_dessous = numero > premiere
        if est_dessous and _est_un_autre_entete(bande, numero, textes, vocabulaire):
            departs.append(numero)
            textes = _textes(bande.lignes[numero])
    return departs


def _merite(rang: Rang, vocabulaire: _Vocabulaire) -> tuple[int, int]:
    """Ce qui fait d'une ligne l'en-tête : ses noms connus ; à défaut, des textes seulement."""
    textes = list(_textes(rang).values())
    if not textes or any(not _est_un_intitule(cellule) for cellule in rang.values()):
        connus = sum(map(vocabulaire.connait, textes))
        return (connus, 0) if connus > 2 and 2 * connus > len(rang) else (0, 0)
    connus = sum(map(vocabulaire.connait, textes))
    return (connus, 0) if connus > 1 or len(textes) == 1 else (connus, int(len(textes) > 1))


def _est_un_autre_entete(
    bande: TableauRecu, numero: int, textes: Mapping[int, str], vocabulaire: _Vocabulaire
) -> bool:
    rang = bande.lignes[numero]
    siens = _textes(rang)
    if list(siens.values()) == list(textes.values()):
        return False
    est_isolee = numero - 1 not in bande.lignes or len(bande.lignes[numero - 1]) == 1
    return est_isolee and _est_un_entete(rang, vocabulaire)


def _est_un_entete(rang: Rang, vocabulaire: _Vocabulaire) -> bool:
    """Vrai si la ligne n'a que des intitulés, connus presque tous, dont un nom de chose."""
    textes = [*_textes(rang).values()]
    connus = sum(map(vocabulaire.connait, textes))
    est_connue = connus > 1 and 10 * connus >= 6 * len(rang)
    est_nommee = vocabulaire.dit_de_quoi(textes)
    return est_connue and est_nommee and all(map(_est_un_intitule, rang.values()))


def _textes(rang: Rang) -> dict[int, str]:
    return {place: normaliser(cellule.texte) for place, cellule in sorted(rang.items())}


def _est_un_intitule(cellule: Cellule) -> bool:
    """Vrai pour un texte qui n'est ni un nombre, ni une date : un en-tête n'en a pas."""
    if cellule.nature is not NatureDeCellule.TEXTE:
        return False
    return lire_nombre(cellule.texte) is None and depuis_texte(cellule.texte) is None


def _est_une_annee(cellule: Cellule) -> bool:
    """Vrai pour « 2026 », qui nomme une colonne sous un en-tête de groupe."""
    return lire_nombre(cellule.texte) in _ANNEES


def _ecarter(bande: TableauRecu, numero: int, raison: RaisonDEcart) -> LigneEcartee:
    rang = bande.lignes[numero]
    return LigneEcartee(bande.nom, numero, raison, " · ".join(_textes(rang).values()), tuple(rang))


class _Depouillement:
    """Les lignes d'une table, de son en-tête à la table suivante : chacune, ce qu'elle est."""

    def __init__(
        self, bande: TableauRecu, lignes: Sequence[int], vocabulaire: _Vocabulaire, a_suite: bool
    ) -> None:
        self._bande, self._vocabulaire, self._a_suite = bande, vocabulaire, a_suite
        self._depart, self._suite = lignes[0], list(lignes[1:])
        self._ecarts = [_ecarter(bande, self._depart, RaisonDEcart.ENTETE)]
        self._entetes = self._lire_l_entete()
        self._largeur = self._mesurer()

    def faire(self) -> tuple[TableRecue | None, list[LigneEcartee]]:
        """La table, et les lignes écartées."""
        gardees: list[int] = []
        groupe = ""
        groupes: dict[int, str] = {}
        titres: dict[int, tuple[int, str]] = {}
        for rang, numero in enumerate(self._suite):
            raison = self._juger(rang, numero, gardees)
            if raison is not None:
                self._ecarts.append(_ecarter(self._bande, numero, raison))
            elif self._ouvre_un_groupe(rang, numero):
                [(place, groupe)] = _textes(self._bande.lignes[numero]).items()
                titres[numero] = (place, groupe)
            else:
                gardees.append(numero)
                groupes |= {numero: groupe} if groupe else {}
        places = frozenset(p for n in (*gardees, *titres) for p in self._bande.lignes[n])
        nommes = {entete.place for entete in self._entetes}
        sans_nom = [Intitule(place, "") for place in sorted(places - nommes)]
        entetes = tuple(sorted((*self._entetes, *sans_nom)))
        table = TableRecue(
            self._bande, self._bande.nom, self._depart, entetes, tuple(gardees),
            groupes, titres, places | nommes,
        )  # fmt: skip
        return table, self._ecarts

    def _lire_l_entete(self) -> list[Intitule]:
        """Un étage ou deux ; le second est juste dessous, sous des cellules fusionnées."""
        haut = _textes(self._bande.lignes[self._depart])
        if self._suite and self._est_un_second_etage(haut, self._suite[0]):
            bas = _textes(self._bande.lignes[self._suite[0]])
            self._ecarts.append(_ecarter(self._bande, self._suite.pop(0), RaisonDEcart.ENTETE))
            if self._sont_des_unites(bas):
                return [
                    Intitule(p, f"{texte} {bas.get(p, '')}".strip()) for p, texte in haut.items()
                ]
            return _assembler(haut, bas, self._couvertures(self._depart))
        dessus = self._bande.lignes.get(self._depart - 1, {})
        if len(dessus) > 1 and all(map(_est_un_intitule, dessus.values())):
            return _assembler(_textes(dessus), haut, self._couvertures(self._depart - 1))
        return [Intitule(place, texte) for place, texte in haut.items()]

    def _est_un_second_etage(self, haut: Mapping[int, str], suivante: int) -> bool:
        if suivante != self._depart + 1:
            return False
        bas = self._bande.lignes[suivante]
        sous_des_vides = [place for place in bas if place not in haut]
        if self._sont_des_unites(_textes(bas)) and not sous_des_vides:
            return True
        if self._nomme_ses_colonnes(bas, sous_des_vides):
            return True
        cles = [p for p, texte in haut.items() if self._vocabulaire.designe_une_cle(texte)]
        if len(bas) < 2 or not sous_des_vides or any(place in bas for place in cles):
            return False
        sont_des_intitules = all(map(_est_un_intitule, bas.values()))
        sans_nom = cles and all(_est_un_intitule(c) or _est_une_annee(c) for c in bas.values())
        return sont_des_intitules or bool(sans_nom)

    def _sont_des_unites(self, bas: Mapping[int, str]) -> bool:
        """« (CHF) », « (mois) » : une rangée qui précise les en-têtes au-dessus d'elle."""
        return all(texte.startswith("(") and texte.endswith(")") for texte in bas.values())

    def _nomme_ses_colonnes(self, bas: Rang, sous_des_vides: Sequence[int]) -> bool:
        """Vrai si des titres fusionnés couvrent ces intitulés, ou si presque tous sont connus."""
        if not sous_des_vides or not all(map(_est_un_intitule, bas.values())):
            return False
        couvertes = {p for places in self._couvertures(self._depart).values() for p in places}
        connus = sum(self._vocabulaire.connait(cellule.texte) for cellule in bas.values())
        return couvertes >= set(sous_des_vides) or (connus > 1 and 2 * connus > len(bas))

    def _couvertures(self, numero: int) -> Mapping[int, range]:
        """Les colonnes que couvre chaque titre fusionné de cette ligne, par sa place."""
        return {
            gauche: range(gauche, droite + 1)
            for haut, gauche, _, droite in self._bande.fusions
            if haut == numero and droite > gauche
        }

    def _mesurer(self) -> int:
        """Combien de cellules a une ligne ordinaire."""
        rangs = (self._bande.lignes[n] for n in self._suite)
        largeurs = sorted(
            len(rang)
            for rang in rangs
            if len(rang) > 1
            and not any(_nomme_un_total(c.texte, self._vocabulaire.totaux) for c in rang.values())
        ) or [len(self._suite) and 1]
        return largeurs[len(largeurs) // 2]

    def _juger(self, rang: int, numero: int, gardees: Sequence[int]) -> RaisonDEcart | None:
        cellules = self._bande.lignes[numero]
        textes = list(_textes(cellules).values())
        if textes == [e.texte for e in self._entetes] and len(textes) > 1:
            return RaisonDEcart.REPETE
        if self._est_un_total(cellules, gardees):
            return RaisonDEcart.TOTAL
        if self._n_a_que_des_nombres(cellules):
            return RaisonDEcart.NOMBRES
        if len(cellules) == 1 and self._largeur > 1 and self._est_a_part(rang):
            est_la_fin = all(len(self._bande.lignes[n]) == 1 for n in self._suite[rang:])
            if est_la_fin and self._a_suite:
                return RaisonDEcart.TITRE
            if est_la_fin and (self._est_une_note(textes[0]) or self._suit_un_total()):
                return RaisonDEcart.NOTE
        return None

    def _est_une_note(self, texte: Texte) -> bool:
        """« Liste tenue par le greffe », ou une phrase."""
        premier, *suite = texte.split() or [""]
        commence = cle_large(premier) in self._vocabulaire.notes
        return (commence and bool(suite)) or _est_une_phrase(texte)

    def _est_a_part(self, rang: int) -> bool:
        """Vrai si une ligne vide, une ligne écartée ou une autre ligne à part la précède."""
        numero = self._suite[rang]
        avant = self._suite[rang - 1] if rang else self._depart
        est_ecartee = avant != self._depart and self._ecarts[-1].ligne == avant
        return est_ecartee or avant < numero - 1 or len(self._bande.lignes[avant]) == 1

    def _suit_un_total(self) -> bool:
        """Vrai si un total, ou une note qui le suit, vient d'être écarté : la liste est finie."""
        raisons = (ecart.raison for ecart in reversed(self._ecarts))
        return next((r for r in raisons if r is not RaisonDEcart.NOTE), None) is RaisonDEcart.TOTAL

    def _est_un_total(self, cellules: Rang, gardees: Sequence[int]) -> bool:
        """Une ligne qui se nomme ainsi ; ou, sans un mot, la somme de ce qui la précède."""
        nombres = {p: n for p, c in cellules.items() if (n := lire_nombre(c.texte)) is not None}
        textes = [c.texte for p, c in cellules.items() if p not in nombres]
        if textes:
            nomme = any(_nomme_un_total(t, self._vocabulaire.totaux) for t in textes)
            return nomme and len(textes) < 3
        return bool(nombres) and all(self._est_la_somme(p, n, gardees) for p, n in nombres.items())

    def _est_la_somme(self, place: int, total: float, gardees: Sequence[int]) -> bool:
        lues = (self._bande.lignes[n].get(place) for n in gardees)
        nombres = [n for c in lues if c and (n := lire_nombre(c.texte)) is not None]
        return len(nombres) > 1 and abs(sum(nombres) - total) < 0.05

    def _n_a_que_des_nombres(self, cellules: Rang) -> bool:
        """Vrai pour des nombres sans nom, dans une liste large dont une colonne en donne."""
        cles = [e.place for e in self._entetes if self._vocabulaire.designe_une_cle(e.texte)]
        if not cles or self._largeur < _LARGEUR_D_UN_GROUPE or any(p in cellules for p in cles):
            return False
        return all(lire_nombre(cellule.texte) is not None for cellule in cellules.values())

    @cached_property
    def _commence_par_un_titre(self) -> bool:
        """Vrai si la première ligne est d'un seul texte : la liste va par groupes."""
        premiere = [*self._bande.lignes[self._suite[0]].values()] if self._suite else []
        return len(premiere) == 1 and _est_un_intitule(premiere[0])

    def _ouvre_un_groupe(self, rang: int, numero: int) -> bool:
        """Vrai pour un titre au milieu de la liste : seul sur sa ligne, et des lignes dessous."""
        cellules = self._bande.lignes[numero]
        if len(cellules) != 1 or self._largeur < _LARGEUR_D_UN_GROUPE:
            return False
        [texte] = _textes(cellules).values()
        suivantes = self._suite[rang + 1 :]
        est_suivie = bool(suivantes) and len(self._bande.lignes[suivantes[0]]) > 1
        est_un_titre = self._est_a_part(rang) or texte.isupper() or texte.endswith(":")
        return est_suivie and (est_un_titre or self._commence_par_un_titre)


def _assembler(
    haut: Mapping[int, str], bas: Mapping[int, str], couvertures: Mapping[int, range]
) -> list[Intitule]:
    """Un en-tête à deux étages : le bas nomme la colonne, le haut son groupe.

    Un titre fusionné nomme ce qu'il couvre ; sans fusion, tout jusqu'au titre suivant.
    """
    entetes, groupe, sien = [], "", range(0)
    for place in sorted({*haut, *bas}):
        if place in haut:
            groupe, sien = haut[place], couvertures.get(place, range(0))
        elif sien and place not in sien:
            groupe = ""
        texte = bas.get(place, haut.get(place, ""))
        entetes.append(Intitule(place, texte, groupe if groupe != texte else ""))
    return entetes


def _nomme_un_total(texte: Texte, totaux: frozenset[str]) -> bool:
    """« Total », « TOTAL : », « Total général 2026 » ; « Total Énergie SA » n'en est pas un."""
    forme = "".join(signe for signe in cle_large(texte) if not signe.isdigit())
    return forme in totaux


def _est_une_phrase(texte: Texte) -> bool:
    """Vrai pour « * prix hors TVA » ou « Imprimé le 3 mars par la boursière » : pas un nom."""
    debute = texte[:1] in "*(¹²" or texte.endswith(".") or ":" in texte
    finit = len(texte.split()) > 2 and depuis_texte(texte.split()[-1]) is not None
    return debute or finit or len(texte.split()) > _PHRASE
