"""Une commune, réduite à ce qu'elle peut partager avec d'autres."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from pilotage_xlsx.metier.affaires import du_contrat
from pilotage_xlsx.metier.discretion import Discretion
from pilotage_xlsx.metier.jugements import est_captif, est_de_droit
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.regroupement import Produit, est_le_canton, former_un_produit
from pilotage_xlsx.modele.sens import (
    A_REMPLACER,
    EN_PROJET,
    PROPOSEE,
    RECUPERATION_TESTEE,
    SIGNALEMENT_OUVERT,
    SOLUTION_POSSIBLE,
)
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.rapprochement import mots
from pilotage_xlsx.socle.confidentiel import masquer

_BESOIN = Marque("signalements", "genre", "besoin")
_AIDE_DEMANDEE = Marque("echanges", "apport", "aide_demandee")
_ECHANGE_FINI = Marque("echanges", "suite", "fini")
_SANS_SUITE = Marque("echanges", "suite", "sans_suite")
_CONTACT_TRANSMISSIBLE = Marque("commune", "contact_transmissible", "oui")
_SANS_DOMAINE = (
    Marque("outils", "domaine", "sans_domaine"),
    Marque("echanges", "domaine", "sans_domaine"),
)
_MOT_QUI_COMPTE = 5


class Domaine(NamedTuple):
    """Un domaine tel qu'il se montre ; il ne rapproche que s'il est dit, et n'est pas « Autre »."""

    nom: str | None
    est_dit: bool


class Outil(msgspec.Struct, frozen=True):
    """Un outil en service : ce qui permet de le reconnaître ailleurs, et ses échéances.

    ``dernier_jour`` : le dernier jour utile ; sans délai connu, la fin du contrat. ``cout`` ne se
    dit qu'additionné à d'autres.
    """

    nom: str
    produit: Produit
    domaine: Domaine
    prestataire: str | None
    ide: str
    est_cantonal: bool
    cout: float | None
    echeance: date | None
    dernier_jour: date | None
    delai_connu: bool
    est_indispensable: bool
    est_captif: bool
    a_teste_la_sortie: bool


class Besoin(msgspec.Struct, frozen=True):
    """Un besoin ouvert : son domaine, et où le retrouver (« signalement S-2026-001 »).

    ``mots`` : ceux de sa description, pour le rapprocher ; ils ne sortent pas d'ici.
    """

    domaine: Domaine
    reference: str
    mots: frozenset[str] = frozenset()


class Solution(msgspec.Struct, frozen=True):
    """Une solution mutualisée possible, repérée dans un échange ; ``mots`` ne sortent pas."""

    domaine: Domaine
    reference: str
    mots: frozenset[str] = frozenset()


class Participante(msgspec.Struct, frozen=True):
    """Une commune d'après un de ses classeurs ; ``contact`` : seulement s'il est transmissible."""

    nom: str
    est_nommee: bool
    canton: str | None
    numero_ofs: int | None
    habitants: int | None
    annee: int | None
    modifie: datetime | None
    fichier: str
    contact: str | None
    outils: tuple[Outil, ...]
    besoins: tuple[Besoin, ...]
    solutions: tuple[Solution, ...]

    @property
    def est_vide(self) -> bool:
        """Vrai si le classeur n'a rien à rapprocher."""
        return not (self.outils or self.besoins or self.solutions)


def reduire(liens: Liens) -> Participante:
    """Ce qu'un classeur lu permet de partager ; ne lève rien."""
    registre, commune = liens.registre, liens.registre.commune
    ofs, habitants = commune["numero_ofs"], commune["habitants"]
    discretion = Discretion(registre)
    est_transmissible = liens.est(commune, _CONTACT_TRANSMISSIBLE)
    return Participante(
        nom=masquer(registre.nom),
        est_nommee=commune.texte("commune") is not None,
        canton=commune.texte("canton"),
        numero_ofs=ofs if isinstance(ofs, int) else None,
        habitants=habitants if isinstance(habitants, int) else None,
        annee=registre.annee,
        modifie=registre.modifie,
        fichier=registre.nom_du_fichier,
        contact=commune.texte("referent_courriel") if est_transmissible else None,
        outils=tuple(_outils(liens, discretion)),
        besoins=tuple(_besoins(liens, discretion)),
        solutions=tuple(_solutions(liens)),
    )


def _outils(liens: Liens, discretion: Discretion) -> Iterator[Outil]:
    colonne = liens.modele.par_id["outils"].par_id["domaine"]
    ecritures = liens.modele.ecritures(colonne)
    domaines = {" ".join(mots(ecrit)): libelle for ecrit, libelle in ecritures.items()}
    for outil in liens.outils_en_service:
        yield _outil(liens, outil, discretion, domaines)


def _outil(
    liens: Liens, outil: Ligne, discretion: Discretion, domaines: Mapping[str, str]
) -> Outil:
    """Un prestataire introuvable est quand même un nom ; « Géré à l'interne » n'en est pas un."""
    fiche = liens.prestataire(outil)
    mentions = liens.modele.par_id["outils"].par_id["prestataire"].mentions
    inscrit, contrat = outil.texte("prestataire"), du_contrat(liens, outil)
    nom = discretion.nommer(outil)
    prestataire = discretion.citer(inscrit) if inscrit and inscrit not in mentions else None
    return Outil(
        nom=nom,
        produit=former_un_produit(nom, prestataire or "", domaines),
        domaine=_domaine(liens, outil),
        prestataire=prestataire,
        ide=(fiche and fiche.texte("ide")) or "",
        est_cantonal=est_de_droit(liens, outil) or est_le_canton(inscrit or ""),
        cout=outil.nombre("cout_annuel"),
        echeance=outil.date("echeance"),
        dernier_jour=contrat.dernier_jour if contrat else None,
        delai_connu=contrat is None or contrat.delai_connu,
        est_indispensable=liens.est_indispensable(outil),
        est_captif=est_captif(liens, outil),
        a_teste_la_sortie=liens.est(outil, RECUPERATION_TESTEE),
    )


def _domaine(liens: Liens, ligne: Ligne) -> Domaine:
    """Le domaine d'un outil ou d'un échange."""
    nom = ligne.texte("domaine")
    siennes = (marque for marque in _SANS_DOMAINE if marque.feuille == ligne.lieu.registre)
    return Domaine(nom, nom is not None and not liens.est(ligne, *siennes))


def _besoins(liens: Liens, discretion: Discretion) -> Iterator[Besoin]:
    """Signalements, décisions proposées, outils à remplacer ou en projet, aides demandées."""
    for ligne in liens.etat.lignes("signalements"):
        if liens.est(ligne, _BESOIN) and liens.est(ligne, SIGNALEMENT_OUVERT):
            yield from _par_domaine(liens, ligne, "signalement", "description")
    for ligne in liens.decisions:
        if liens.est(ligne, PROPOSEE):
            yield from _par_domaine(liens, ligne, "décision proposée", "decision")
    for outil in liens.outils:
        if liens.est(outil, A_REMPLACER, EN_PROJET):
            statut = str(liens.statut(outil)).lower()
            yield Besoin(_domaine(liens, outil), f"{discretion.nommer(outil)} ({statut})")
    for ligne in liens.etat.lignes("echanges"):
        if liens.est(ligne, _AIDE_DEMANDEE) and not liens.est(ligne, _ECHANGE_FINI):
            textes = (ligne.texte("sujet"), ligne.texte("resume"))
            yield Besoin(_domaine(liens, ligne), _reference("échange", ligne), _mots(*textes))


def _par_domaine(liens: Liens, ligne: Ligne, genre: str, texte: str) -> Iterator[Besoin]:
    """Un besoin par domaine des outils que la ligne cite ; un seul, sans domaine, sinon."""
    outils = liens.etat.citees(ligne, "outil", "outils")
    domaines = dict.fromkeys(_domaine(liens, outil) for outil in outils)
    for domaine in domaines or {Domaine(None, est_dit=False): None}:
        yield Besoin(domaine, _reference(genre, ligne), _mots(ligne.texte(texte)))


def _solutions(liens: Liens) -> Iterator[Solution]:
    for ligne in liens.etat.lignes("echanges"):
        est_possible = liens.est(ligne, SOLUTION_POSSIBLE)
        if est_possible and not liens.est(ligne, _SANS_SUITE):
            textes = (ligne.texte("sujet"), ligne.texte("resume"))
            yield Solution(_domaine(liens, ligne), _reference("échange", ligne), _mots(*textes))


def _reference(genre: str, ligne: Ligne) -> str:
    """« échange E-2026-003 » ; la ligne si le numéro n'en a pas l'air : rien de libre ne sort."""
    numero = ligne.texte("numero") or ""
    est_un_numero = len(numero) <= 16 and any(signe.isdigit() for signe in numero)
    est_nu = est_un_numero and numero.replace("-", "").isalnum()
    return f"{genre} {numero}" if est_nu else f"{genre} de la ligne {ligne.numero}"


def _mots(*textes: str | None) -> frozenset[str]:
    return frozenset(
        mot for texte in textes for mot in mots(texte or "") if len(mot) >= _MOT_QUI_COMPTE
    )
