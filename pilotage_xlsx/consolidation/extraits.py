"""L'extrait d'un classeur : tout ce qu'une consolidation en garde, et rien de plus.

Chaque classeur s'extrait seul, au besoin dans un autre processus. La tête, petite, reste en
mémoire ; le reste (`FeuilleExtraite`, constats) se range à part et se relit feuille par feuille.
Ce qui n'en est pas repris, ou pas tel quel, se dit en phrases (`remarquer`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from pilotage_xlsx.consolidation.comptes import Comptes, compter
from pilotage_xlsx.consolidation.natives import (
    Genree,
    Native,
    est_masquee,
    genrer,
    native,
    reste,
    tient_tout,
)
from pilotage_xlsx.metier.chiffres.parc import COUT_ANNUEL, INDISPENSABLES
from pilotage_xlsx.metier.constats import Constat, Resume, cellule, resumer
from pilotage_xlsx.metier.etat import Completude, dernier_jour_pour_resilier
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import ACCEPTES, Calcul, Feuille, Forme, Modele
from pilotage_xlsx.registre import Emplacement, FeuilleLue, Ligne, Registre
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.longueur import SIGNES_MAX, TOUJOURS_COURT, est_trop_long
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.socle.typographie import nombre, plages

if TYPE_CHECKING:
    pass


CONSTATS = "constats"
"""Le nom sous lequel les constats d'un classeur se rangent, à côté de ses feuilles."""

LigneDeConstat = tuple[Native, ...]
"""Gravité, feuille, cellule, ligne, colonne, valeur, constat, que faire, règle, paragraphe."""


class Rangee(NamedTuple):
    """Une ligne lue : son numéro, si elle compte, ses cellules dans l'ordre du modèle.

    ``est_totale`` : une ligne « Total », qui n'est pas reprise.
    """

    numero: int
    en_vigueur: bool
    est_totale: bool
    cellules: tuple[Native, ...]
    propres: Mapping[str, Native]


class FeuilleExtraite(NamedTuple):
    """Une feuille d'un classeur, et la place de ses colonnes pour dire où est une cellule.

    Une ligne encore à confirmer n'y est pas : elle ne se consolide pas.
    """

    nom: str
    colonnes: Mapping[str, int]
    cases: Mapping[str, tuple[int, int]]
    rangees: tuple[Rangee, ...]

    def place(self, colonne: str, numero: int) -> str | None:
        """« Outils!G12 », ou rien si la feuille n'a pas cette colonne."""
        ligne, rang = self.cases.get(colonne, (numero, self.colonnes.get(colonne)))
        adresse = cellule(Emplacement("", self.nom, ligne, rang))
        return f"{self.nom}!{adresse}" if adresse else None


class Tete(msgspec.Struct, frozen=True):
    """Ce qu'une consolidation sait d'un classeur sans en relire les lignes.

    ``comptes`` et ``completudes`` par registre ; ``propres`` et ``jumelles`` : les en-têtes
    propres et les colonnes où une valeur n'entre pas dans le type, par feuille ; ``cout`` : coût
    annuel connu (CHF) des outils en service.
    """

    chemin: Path
    nom: str
    cle: str
    refus: str | None
    empreinte: str
    octets: int
    ofs: int | None = None
    canton: str | None = None
    annee: int | None = None
    modifie: datetime | None = None
    version: tuple[str, str] | None = None
    resume: Resume = msgspec.field(default_factory=Resume)
    comptes: Mapping[str, Comptes] = msgspec.field(default_factory=dict)
    completudes: Mapping[str, Completude] = msgspec.field(default_factory=dict)
    outils: int = 0
    indispensables: int = 0
    couts: int = 0
    cout: float | None = None
    masquees: int = 0
    constats: int = 0
    remarques: tuple[str, ...] = ()
    propres: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    jumelles: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


class Extrait(NamedTuple):
    """Un classeur extrait : sa tête, ses feuilles par identifiant, et ses constats."""

    tete: Tete
    parties: Mapping[str, FeuilleExtraite | tuple[LigneDeConstat, ...]]


def extraire(
    liens: Liens, constats: tuple[Constat, ...], empreinte: str = "", octets: int = 0
) -> Extrait:
    """L'extrait d'un classeur lu et contrôlé ; d'un classeur refusé, sa raison et ses constats.

    ``empreinte`` : SHA-256 du fichier ; ``octets`` : sa taille. Ne lève rien.
    """
    registre, modele = liens.registre, liens.modele
    dits = tuple(map(decrire, constats))
    if registre.refus is not None:
        tete = Tete(
            registre.fichier, registre.nom, "", registre.refus.phrase, empreinte, octets,
            constats=len(dits),
        )  # fmt: skip
        return Extrait(tete, {CONSTATS: dits})
    feuilles = {f.id: _feuille(f, liens) for f in modele.a_lire if f.id in registre.feuilles}
    tete = Tete(
        registre.fichier, registre.nom, cle_large(registre.commune.texte("commune") or ""), None,
        empreinte, octets, **_identifier(registre), **_compter(liens),
        resume=resumer(constats), constats=len(dits),
        masquees=sum(map(est_masquee, _valeurs(liens))),
        remarques=tuple(remarquer(liens, feuilles)),
        propres={nom: _entetes(feuille) for nom, feuille in feuilles.items()},
        jumelles={nom: _jumelles(modele.par_id[nom], f, modele) for nom, f in feuilles.items()},
    )  # fmt: skip
    return Extrait(tete, {**feuilles, CONSTATS: dits})


def decrire(constat: Constat) -> LigneDeConstat:
    """Un constat en cellules, dans l'ordre de `LigneDeConstat`."""
    return (
        constat.gravite.mot, constat.lieu.feuille or None, cellule(constat.lieu),
        constat.lieu.ligne, constat.libelle, constat.valeur, constat.message, constat.corriger,
        constat.regle, constat.paragraphe,
    )  # fmt: skip


def _identifier(registre: Registre) -> dict[str, Any]:
    ofs = registre.commune["numero_ofs"]
    return {
        "ofs": ofs if isinstance(ofs, int) else None,
        "canton": registre.commune.texte("canton"),
        "annee": registre.annee,
        "modifie": registre.modifie,
        "version": registre.version,
    }


def _compter(liens: Liens) -> dict[str, Any]:
    cout = COUT_ANNUEL.mesurer(liens, liens.registre.annee)
    return {
        "comptes": {feuille.id: compter(liens, feuille) for feuille in liens.modele.registres},
        "completudes": dict(liens.etat.completude),
        "outils": cout.sur,
        "indispensables": INDISPENSABLES.mesurer(liens, liens.registre.annee).compte,
        "couts": cout.compte,
        "cout": round(cout.valeur, 2) if cout.lignes else None,
    }


def _feuille(feuille: Feuille, liens: Liens) -> FeuilleExtraite:
    lue = liens.registre.feuilles[feuille.id]
    est_jugee = feuille in liens.modele.feuilles
    en_vigueur = set(map(id, liens.etat.en_vigueur(feuille.id))) if est_jugee else None
    totaux = liens.etat.totaux if feuille.forme is Forme.REGISTRE else frozenset()
    proposees = frozenset(liens.etat.a_confirmer(feuille.id)) if est_jugee else frozenset()
    rangees = tuple(
        Rangee(
            ligne.numero,
            en_vigueur is None or id(ligne) in en_vigueur,
            ligne in totaux,
            _cellules(feuille, ligne),
            {entete: native(valeur) for entete, valeur in ligne.propres.items()},
        )
        for ligne in lue.lignes
        if ligne not in proposees
    )
    return FeuilleExtraite(lue.lieu.feuille, lue.lieu.colonnes, lue.lieu.cases, rangees)


def _cellules(feuille: Feuille, ligne: Ligne) -> tuple[Native, ...]:
    natives = {nom: native(valeur) for nom, valeur in ligne.valeurs.items()}
    for colonne in feuille.calculees:
        match colonne.calcul:
            case Calcul.DERNIER_JOUR_POUR_RESILIER:
                natives[colonne.id] = dernier_jour_pour_resilier(ligne)
    return tuple(map(natives.get, feuille.par_id))


def _entetes(feuille: FeuilleExtraite) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e for r in feuille.rangees if not r.est_totale for e in r.propres))


def _jumelles(feuille: Feuille, extraite: FeuilleExtraite, modele: Modele) -> tuple[str, ...]:
    """Les colonnes où une valeur, regardée une fois, n'entre pas dans le type."""
    cellules = [rangee.cellules for rangee in extraite.rangees]
    return tuple(
        nom
        for rang, nom, genree in _typees(feuille, modele)
        if any(reste(dite, genree) is not None for dite in {ligne[rang] for ligne in cellules})
    )


def _typees(feuille: Feuille, modele: Modele) -> tuple[tuple[int, str, Genree], ...]:
    """Les colonnes dont le type ne tient pas tout texte : leur rang, leur nom, leur type."""
    demande = (_typees, feuille.id)
    if demande not in modele.memoire:
        genrees = ((rang, c.id, genrer(c, modele)) for rang, c in enumerate(feuille.colonnes))
        modele.memoire[demande] = tuple(une for une in genrees if not tient_tout(une[2]))
    typees: tuple[tuple[int, str, Genree], ...] = modele.memoire[demande]
    return typees


def _valeurs(liens: Liens) -> Iterator[Any]:
    for feuille in liens.modele.feuilles:
        for ligne in liens.etat.tenues(feuille.id):
            yield from ligne.valeurs.values()
            yield from ligne.propres.values()


def remarquer(liens: Liens, feuilles: Mapping[str, FeuilleExtraite]) -> Iterator[str]:
    """Ce qui est dans le fichier et n'est pas dans les tables, ou n'y est pas tel quel."""
    registre, modele = liens.registre, liens.modele
    for nom, feuille in feuilles.items():
        for rangee in feuille.rangees:
            if rangee.est_totale:
                yield f"{feuille.nom}, ligne {rangee.numero} : « Total », non reprise."
            yield from _coupees(modele.par_id[nom], feuille.nom, rangee)
    for lue in registre.feuilles.values():
        yield from _proposees(liens, lue)
        for identifiant, rang in lue.en_double:
            libelle = modele.par_id[lue.lieu.registre].libelle_de(identifiant)
            yield (
                f"{lue.lieu.feuille}, colonne {lettres_de(rang)} non reprise : « {libelle} » y est."
            )
        if lue.en_marge:
            yield _dire_la_marge(lue)
    for identifiant, nom in registre.en_double:
        tenue = modele.par_id[identifiant].libelle
        yield f"Feuille « {nom} » non reprise : « {tenue} » est déjà tenue par une autre."
    if registre.feuilles_propres:
        noms = ", ".join(f"« {nom} »" for nom in registre.feuilles_propres)
        yield f"Feuilles propres à la commune, non reprises : {noms}."


def _proposees(liens: Liens, lue: FeuilleLue) -> Iterator[str]:
    """« Outils, lignes 7 à 32 : encore à confirmer, non reprises. »"""
    est_jugee = lue.lieu.registre != ACCEPTES
    proposees = liens.etat.a_confirmer(lue.lieu.registre) if est_jugee else ()
    if proposees:
        lignes = _nommer_les_lignes(lue, tuple(ligne.numero for ligne in proposees))
        yield f"{lignes} : encore à confirmer, non reprises."


def _coupees(feuille: Feuille, nom: str, rangee: Rangee) -> Iterator[str]:
    contenus = (*rangee.cellules, *rangee.propres.values())
    if max((len(c) for c in contenus if isinstance(c, str)), default=0) <= TOUJOURS_COURT:
        return
    libelles = [colonne.libelle for colonne in feuille.colonnes]
    toutes = [*zip(libelles, rangee.cellules, strict=True), *rangee.propres.items()]
    for libelle, contenu in toutes:
        if isinstance(contenu, str) and est_trop_long(contenu):
            yield (
                f"{nom}, ligne {rangee.numero}, « {libelle} » : texte de {nombre(len(contenu))} "
                f"signes, coupé à {nombre(SIGNES_MAX)} dans un classeur."
            )


def _dire_la_marge(lue: FeuilleLue) -> str:
    """« Outils, lignes 7, 9 à 12 : rien que des colonnes propres, non reprises. »"""
    lieu = _nommer_les_lignes(lue, tuple(lue.en_marge))
    return f"{lieu} : rien que des colonnes propres, non reprises."


def _nommer_les_lignes(lue: FeuilleLue, numeros: tuple[int, ...]) -> str:
    return f"{lue.lieu.feuille}, ligne{'s' if len(numeros) > 1 else ''} {plages(numeros)}"
