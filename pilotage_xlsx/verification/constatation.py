"""D'un fait à un constat : le seul endroit qui complète les gabarits, masque et met en forme."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage_xlsx.metier.constats import Constat, Gravite
from pilotage_xlsx.metier.executif import Appellation
from pilotage_xlsx.modele import Feuille, Forme, Modele
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.socle.longueur import abreger
from pilotage_xlsx.socle.textes import Texte
from pilotage_xlsx.socle.typographie import typographier
from pilotage_xlsx.verification.phrases import capitaliser, citer
from pilotage_xlsx.verification.regle import Fait, FicheDeRegle

_LONGUEUR_CITEE = 80
_MASQUEE = "Cette ligne est cachée : enlever le filtre, ou l'afficher."


def constater(fiche: FicheDeRegle, fait: Fait, modele: Modele, executif: Appellation) -> Constat:
    """Le constat d'un fait : ses textes complétés, masqués et mis en forme."""
    feuille = modele.par_id.get(fait.registre or "")
    libelle = fait.mots.get("libelle") or _libelle(fait, feuille)
    valeur = extraire(fait.mots.get("valeur") or _valeur(fait)) or None
    mots = {
        **executif._asdict(),
        "nom": _nom(fait.ligne, feuille),
        **fait.mots,
        "libelle": libelle or "",
        "valeur": _abreger(valeur or ""),
    }
    return Constat(
        regle=fiche.code,
        gravite=fiche.gravite,
        message=_rediger(fiche.message, mots),
        corriger=_remedier(fiche, fait, mots),
        paragraphe=fiche.paragraphe,
        lieu=fait.lieu,
        registre=fait.registre,
        colonne=fait.colonne,
        libelle=libelle,
        valeur=valeur,
        aussi=fait.aussi,
        bloque=fait.bloque or fiche.gravite is Gravite.ERREUR,
        nom=extraire(fait.ligne.texte(feuille.cle or "") or "") if fait.ligne and feuille else None,
        aupres=fait.aupres,
    )


def _rediger(gabarit: str, mots: Mapping[str, str]) -> str:
    return typographier(capitaliser(gabarit.format_map(mots)))


def _remedier(fiche: FicheDeRegle, fait: Fait, mots: Mapping[str, str]) -> str:
    """Le remède ; une ligne qu'un filtre cache ne se corrige pas sans être montrée."""
    remede = _rediger("{corriger}" if "corriger" in mots else fiche.corriger, mots)
    return f"{remede} {_MASQUEE}" if fait.ligne and fait.ligne.est_masquee else remede


def _libelle(fait: Fait, feuille: Feuille | None) -> str | None:
    return feuille.libelle_de(fait.colonne) if feuille and fait.colonne else None


def _valeur(fait: Fait) -> str:
    return afficher(fait.ligne[fait.colonne]) if fait.ligne and fait.colonne else ""


def _nom(ligne: Ligne | None, feuille: Feuille | None) -> str:
    """Le nom de la ligne entre guillemets, « la commune » pour la fiche, sinon son numéro."""
    if ligne is None or feuille is None:
        return ""
    if feuille.forme is Forme.FICHE:
        return "la commune"
    nom = ligne.texte(feuille.cle or "")
    return citer(_abreger(extraire(nom))) if nom else f"la ligne {ligne.numero}"


def _abreger(texte: Texte) -> str:
    """Le texte sur une ligne, assez court pour tenir dans une phrase."""
    return abreger(" ".join(texte.split()), _LONGUEUR_CITEE)
