"""Une commune, réduite à ce qu'elle peut partager avec d'autres."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from pilotage_xlsx.consolidation.mutualisation.discretion import Discretion
from pilotage_xlsx.etat import dernier_jour_pour_resilier
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.rapprochement import mots
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.confidentiel import masquer

SANS_DOMAINE = ("Autre", None)
_OUVERTS = ("Nouveau", "En cours")
_CLOS = ("Sans suite", "Réalisé")
_MOT_QUI_COMPTE = 5


class Outil(msgspec.Struct, frozen=True):
    """Un outil en service : ce qui permet de le reconnaître ailleurs, et ses échéances."""

    nom: str
    domaine: str | None
    prestataire: str | None
    ide: str
    est_cantonal: bool
    echeance: date | None
    dernier_jour: date | None
    remplacement: str | None
    recuperation: str | None


class Besoin(msgspec.Struct, frozen=True):
    """Un besoin ouvert : son domaine, et où le retrouver (« signalement S-2026-001 »).

    ``mots`` : ceux de sa description, pour le rapprocher ; ils ne sortent pas d'ici.
    """

    domaine: str | None
    reference: str
    mots: frozenset[str] = frozenset()


class Solution(msgspec.Struct, frozen=True):
    """Une solution mutualisée possible, repérée dans un échange ; ``mots`` ne sortent pas."""

    domaine: str | None
    reference: str
    mots: frozenset[str] = frozenset()


class Participante(msgspec.Struct, frozen=True):
    """Une commune d'après un de ses classeurs ; ``contact`` : seulement s'il est transmissible."""

    nom: str
    est_nommee: bool
    canton: str | None
    numero_ofs: int | None
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
    ofs = commune["numero_ofs"]
    discretion = Discretion(registre)
    est_transmissible = commune["contact_transmissible"] == "Oui"
    return Participante(
        nom=masquer(registre.nom),
        est_nommee=commune.texte("commune") is not None,
        canton=commune.texte("canton"),
        numero_ofs=ofs if isinstance(ofs, int) else None,
        annee=registre.annee,
        modifie=registre.modifie,
        fichier=registre.nom_du_fichier,
        contact=commune.texte("referent_courriel") if est_transmissible else None,
        outils=tuple(_outil(liens, outil, discretion) for outil in liens.outils_en_service),
        besoins=tuple(_besoins(liens, discretion)),
        solutions=tuple(_solutions(liens)),
    )


def _outil(liens: Liens, outil: Ligne, discretion: Discretion) -> Outil:
    """Un prestataire introuvable est quand même un nom ; « Géré à l'interne » n'en est pas un."""
    fiche = liens.prestataire(outil)
    mentions = liens.modele.par_id["outils"].par_id["prestataire"].mentions
    nom = outil.texte("prestataire")
    return Outil(
        nom=discretion.nommer(outil),
        domaine=outil.texte("domaine"),
        prestataire=discretion.citer(nom) if nom and nom not in mentions else None,
        ide=(fiche and fiche.texte("ide")) or "",
        est_cantonal=outil["mutualisation"] == "Fourni par le canton",
        echeance=outil.date("echeance"),
        dernier_jour=dernier_jour_pour_resilier(outil),
        remplacement=outil.texte("remplacement"),
        recuperation=outil.texte("recuperation"),
    )


def _besoins(liens: Liens, discretion: Discretion) -> Iterator[Besoin]:
    """Signalements, décisions proposées, outils à remplacer ou en projet, aides demandées."""
    for ligne in liens.etat.lignes("signalements"):
        if ligne["genre"] == "Besoin" and ligne["statut"] in _OUVERTS:
            yield from _par_domaine(liens, ligne, "signalement", "description")
    for ligne in liens.decisions:
        if ligne["statut"] == "Proposée":
            yield from _par_domaine(liens, ligne, "décision proposée", "decision")
    for outil in liens.outils:
        if liens.statut(outil) in ("À remplacer", "En projet"):
            statut = str(liens.statut(outil)).lower()
            yield Besoin(outil.texte("domaine"), f"{discretion.nommer(outil)} ({statut})")
    for ligne in liens.etat.lignes("echanges"):
        if ligne["apport"] == "Aide demandée" and ligne["suite"] not in _CLOS:
            textes = (ligne.texte("sujet"), ligne.texte("resume"))
            yield Besoin(ligne.texte("domaine"), _reference("échange", ligne), _mots(*textes))


def _par_domaine(liens: Liens, ligne: Ligne, genre: str, texte: str) -> Iterator[Besoin]:
    """Un besoin par domaine des outils que la ligne cite ; un seul, sans domaine, sinon."""
    outils = liens.etat.citees(ligne, "outil", "outils")
    domaines = dict.fromkeys(outil.texte("domaine") for outil in outils)
    for domaine in domaines or {None: None}:
        yield Besoin(domaine, _reference(genre, ligne), _mots(ligne.texte(texte)))


def _solutions(liens: Liens) -> Iterator[Solution]:
    for ligne in liens.etat.lignes("echanges"):
        est_possible = ligne["apport"] == "Solution mutualisée possible"
        if est_possible and ligne["suite"] != "Sans suite":
            textes = (ligne.texte("sujet"), ligne.texte("resume"))
            yield Solution(ligne.texte("domaine"), _reference("échange", ligne), _mots(*textes))


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
