"""La fiche d'urgence : une page à afficher, à lire quand plus rien ne marche (note, § 1 et § 6)."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.executif import nommer as appeler
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import SANS_TELEPHONE
from pilotage_xlsx.rapport.document import (
    BlocDeFiche,
    ColonneDeTable,
    Etapes,
    Fiche,
    GenreDeColonne,
    Numero,
    Numeros,
    Paragraphes,
    Tableau,
)
from pilotage_xlsx.rapport.fiches.communs import (
    BREF,
    POINTILLES,
    borner,
    lier_les_chiffres,
    pied,
    surtitre,
)
from pilotage_xlsx.rapport.mots import abreger, compter, lire_un_fait, nommer
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.telephone import est_un_telephone
from pilotage_xlsx.socle.textes import Texte

_OUTILS, _AUTRES = 18, 10
_NUMERO_A_ECRIRE = "…" * 7
_NUMERO = motif(r"\+?\d[\d \u00a0'./-]{5,20}\d(?=\)?$)")
_REPLI = ((6, 140), (10, 90), (_OUTILS, 55))
"""Jusqu'à tant d'outils, tant de signes pour le repli : la page se lit d'un mètre."""

_A_ECRIRE = (("…" * 7, "…" * 9, _NUMERO_A_ECRIRE, "…" * 12),) * 7
"""Une commune vide affiche quand même une page : elle la remplit à la main."""

_AUCUN = (
    "Aucun outil indispensable inscrit : remplir ce tableau à la main, puis la feuille Outils "
    "(Criticité, Mode de repli)."
)
_PROCHES = (
    ("Référent", "referent_nom", "referent_telephone"),
    ("Suppléant", "suppleant_nom", "suppleant_telephone"),
)
_POLICE = "117"
_ADRESSE_DE_L_OFCS = "annonce_adresse"
_AVIS = "À afficher près du téléphone, hors de la vue du public"


def composer(liens: Liens) -> Fiche:
    """La fiche de la commune : que faire d'abord, qui appeler, comment servir la population.

    Elle ne demande aucune ligne : une feuille Outils vide le dit.
    """
    return Fiche(
        avis=_AVIS,
        surtitre=surtitre(liens, sans_nom=POINTILLES),
        titre="En cas de panne ou d'attaque",
        blocs=tuple(_blocs(liens)),
        pied=pied(liens, "fiche d'urgence, à refaire quand un numéro change"),
    )


def _blocs(liens: Liens) -> Iterator[BlocDeFiche]:
    yield Etapes("D'abord", tuple(_etapes(liens)))
    yield Numeros("Qui appeler", tuple(_contacts(liens)))
    outils = liens.indispensables
    yield _tableau(liens, outils[:_OUTILS])
    if not outils:
        yield Paragraphes("", (_AUCUN,))
    if reste := outils[_OUTILS:]:
        yield Paragraphes("", (_citer(reste),))


def _etapes(liens: Liens) -> Iterator[str]:
    commune = liens.registre.commune
    a_executif = appeler(lire_un_fait(commune, "executif_nom")).a_executif
    heures = liens.modele.identite.seuils.annonce_heures
    yield (
        "Si l'on soupçonne une attaque : débrancher du réseau le poste touché (câble, wifi), sans "
        "l'éteindre ; ne rien effacer, ne rien payer."
    )
    yield "Avertir le référent, ou son suppléant, sans attendre."
    yield "Appeler le prestataire de l'outil touché (tableau ci-dessous)."
    yield "Passer au mode de repli : la population reste servie."
    yield (
        f"L'annonce d'une cyberattaque à l'OFCS (Office fédéral de la cybersécurité), quand elle "
        f"est due, se fait dans les {heures} heures ; en cas de doute, annoncer."
    )
    yield (
        f"Dire {abreger(a_executif, BREF)} si un service ou des données sont touchés ; noter "
        "l'heure de chaque pas, puis remplir la feuille Incidents."
    )


def _contacts(liens: Liens) -> Iterator[Numero]:
    """Qui appeler, du plus proche au plus lointain ; ce que nul n'a inscrit s'écrit à la main."""
    commune = liens.registre.commune
    for qui, nom, telephone in _PROCHES:
        yield Numero(qui, _dire(commune, nom), _composer(commune, telephone))
    executif = lire_un_fait(commune, "executif_nom", sinon="Exécutif")
    yield Numero(
        abreger(executif, BREF),
        _dire(commune, "executif_courriel", sinon=""),
        _composer(commune, "executif_telephone"),
    )
    yield Numero("Contact cyber du canton", *_separer(_dire(commune, "contact_cyber")))
    nom, numero = _separer(_dire(commune, "autorite_donnees_contact"))
    autorite = _dire(commune, "autorite_donnees_nom", sinon="")
    noms = (autorite, "" if autorite and nom == POINTILLES else nom)
    yield Numero("Protection des données", " · ".join(filter(None, noms)), numero)
    yield Numero("OFCS, cyberattaque", _en_ligne(liens), "")
    yield Numero("Police", "attaque, chantage, vol", _POLICE)


def _dire(commune: Ligne, colonne: str, sinon: str = POINTILLES) -> str:
    """Un nom, une adresse ; un aveu n'est ni l'un ni l'autre."""
    return abreger(lire_un_fait(commune, colonne), BREF) or sinon


def _composer(ligne: Ligne, colonne: str) -> str:
    """Un numéro à composer, ses chiffres ensemble ; des pointillés s'il n'y en a pas."""
    return lier_les_chiffres(abreger(lire_un_fait(ligne, colonne), 30)) or _NUMERO_A_ECRIRE


def _separer(texte: Texte) -> tuple[str, str]:
    """« Centre d'alerte, 021 555 01 70 » : le nom, puis le numéro qui le finit."""
    if texte == POINTILLES:
        return texte, _NUMERO_A_ECRIRE
    trouve = _NUMERO.search(texte)
    if trouve is None or not est_un_telephone(trouve[0]):
        return texte, ""
    return texte[: trouve.start()].rstrip(" ,:·;("), lier_les_chiffres(trouve[0])


def _en_ligne(liens: Liens) -> str:
    """Où annoncer, d'après le modèle, et en combien de temps."""
    heures = liens.modele.identite.seuils.annonce_heures
    adresses = (fait.adresse for fait in liens.modele.note.faits if fait.id == _ADRESSE_DE_L_OFCS)
    adresse = next(adresses, "").partition("://")[2].strip("/")
    delai = f"dans les {heures}\u00a0heures"
    return f"{adresse}, {delai}" if adresse else f"en ligne, {delai}"


def _tableau(liens: Liens, outils: tuple[Ligne, ...]) -> Tableau:
    repli = next(signes for jusqu_a, signes in _REPLI if len(outils) <= jusqu_a)
    colonnes = (
        ColonneDeTable("Outil indispensable", GenreDeColonne.FORT, 26),
        ColonneDeTable("Appeler", largeur=28),
        ColonneDeTable("Téléphone", GenreDeColonne.TELEPHONE, 22),
        ColonneDeTable("En attendant, servir la population ainsi", largeur=38),
    )
    lignes = tuple(
        (
            abreger(nommer(outil), 40),
            *_appeler(liens, outil),
            borner(outil, "repli", repli, sinon="…" * 9),
        )
        for outil in outils
    )
    return Tableau("Ce qui ne peut pas attendre", colonnes, lignes or _A_ECRIRE)


def _appeler(liens: Liens, outil: Ligne) -> tuple[str, str]:
    """Le prestataire et son numéro d'urgence ; à l'interne, le responsable."""
    prestataire = liens.prestataire(outil)
    if prestataire is None:
        responsable = abreger(lire_un_fait(outil, "responsable", sinon="le référent"), 40)
        qui = borner(outil, "prestataire", 30, sinon="à l'interne")
        return f"{qui} : {responsable}", _NUMERO_A_ECRIRE
    est_sans = liens.est(prestataire, SANS_TELEPHONE)
    numero = "aucun" if est_sans else _composer(prestataire, "telephone_urgence")
    est_connu = numero not in ("aucun", _NUMERO_A_ECRIRE)
    client = abreger(lire_un_fait(prestataire, "numero_client"), 20)
    dits = (
        abreger(nommer(prestataire), 30),
        f"client {client}" if client else "",
        "" if est_connu else abreger(lire_un_fait(prestataire, "courriel"), 40),
    )
    return ", ".join(filter(None, dits)), numero


def _citer(outils: tuple[Ligne, ...]) -> str:
    noms = ", ".join(abreger(nommer(outil), 30) for outil in outils[:_AUTRES])
    reste = len(outils) - _AUTRES
    suite = f" et {compter(reste, 'autre', 'autres')}" if reste > 0 else ""
    return f"Indispensables aussi : {noms}{suite}. Leurs lignes sont dans la feuille Outils."
