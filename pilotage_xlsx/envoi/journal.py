"""Le journal des envois (``envois.json``), à côté du rapport ou de l'avis : rien ne part deux fois.

Un envoi s'y inscrit « en cours » avant de partir : un arrêt au milieu laisse une trace, et le
prochain essai demande de vérifier. Un rapport refait dans un dossier voisin est le même rapport :
les journaux des dossiers voisins se lisent aussi.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path

import msgspec

from pilotage_xlsx.envoi.bordereau import Bordereau
from pilotage_xlsx.envoi.fautes import EnvoiRefuse
from pilotage_xlsx.envoi.versions import FORMAT, lire_document
from pilotage_xlsx.socle.document import encoder
from pilotage_xlsx.socle.ecriture import ecrire_atomique, preparer
from pilotage_xlsx.socle.entree import MIO, EntreeRefusee, Raison
from pilotage_xlsx.socle.textes import cle

NOM_DU_JOURNAL = "envois.json"
_JOURNAL_MAX = 16 * MIO
"""Des milliers d'envois."""


class Statut(Enum):
    """Où en est un envoi ; « en cours » qui reste dit un arrêt au milieu."""

    EN_COURS = "en cours"
    ENVOYE = "envoyé"
    INCERTAIN = "incertain"


class Empreinte(msgspec.Struct, frozen=True):
    """Un fichier parti, reconnaissable."""

    nom: str
    sha256: str


class RefusDAdresse(msgspec.Struct, frozen=True):
    """Un destinataire que le serveur a refusé, et sa raison."""

    adresse: str
    raison: str


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """Un envoi : quoi, à qui, quand, et la réponse du serveur ; un rapport n'a pas d'``objet``,
    et seul celui d'une région nomme ses ``communes``."""

    date: datetime
    commune: str
    annee: int
    objet: str = ""
    communes: tuple[str, ...] = ()
    destinataires: tuple[str, ...]
    refuses: tuple[RefusDAdresse, ...] = ()
    fichiers: tuple[Empreinte, ...] = ()
    message_id: str = ""
    serveur: str = ""
    statut: Statut
    reponse: str = ""

    def concerne(self, bordereau: Bordereau, adresse: str) -> bool:
        """Vrai si cette trace est celle du même envoi à cette adresse.

        Un rapport se reconnaît à sa commune et à son année, un avis à son objet.
        """
        est_le_meme = (
            self.annee == bordereau.annee
            and cle(self.commune) == cle(bordereau.commune)
            and cle(self.objet) == cle(bordereau.objet)
            and sorted(map(cle, self.communes)) == sorted(map(cle, bordereau.communes))
        )
        return est_le_meme and adresse.casefold() in map(str.casefold, self.destinataires)


class Journal(msgspec.Struct, frozen=True):
    """Les envois d'un dossier, du plus ancien au plus récent."""

    format: int = FORMAT
    envois: tuple[Trace, ...] = ()

    def dernier(self, bordereau: Bordereau, adresse: str) -> Trace | None:
        """Le dernier envoi de ce message à cette adresse, ou rien."""
        return next((t for t in reversed(self.envois) if t.concerne(bordereau, adresse)), None)

    def avec(self, trace: Trace) -> Journal:
        """Ce journal, une trace de plus."""
        return Journal(self.format, (*self.envois, trace))


def lire_journal(dossier: Path) -> Journal:
    """Le journal du dossier, vide s'il n'y en a pas ; `EnvoiRefuse` s'il est abîmé, ou d'un autre
    format."""
    chemin = dossier / NOM_DU_JOURNAL
    try:
        return lire_document(chemin, _JOURNAL_MAX, Journal)
    except EntreeRefusee as faute:
        if faute.cause is Raison.ABSENTE:
            return Journal()
        raise EnvoiRefuse(
            f"{chemin} ne se lit pas : sans lui, un message pourrait partir deux fois. "
            "Réparez-le, ou mettez-le de côté."
        ) from None


def lire_les_journaux(dossier: Path) -> Journal:
    """Les envois du dossier et de ses voisins ; d'un voisin, un journal illisible ne dit rien.

    `EnvoiRefuse` si celui du dossier est abîmé.
    """
    ici = lire_journal(dossier)
    voisins = (envoi for voisin in _voisins(dossier) for envoi in _lire_sans_juger(voisin).envois)
    return Journal(ici.format, (*voisins, *ici.envois))


def _voisins(dossier: Path) -> Sequence[Path]:
    ici = dossier.resolve()
    try:
        freres = sorted(ici.parent.glob(f"*/{NOM_DU_JOURNAL}"))
    except OSError:
        return ()
    return [chemin.parent for chemin in freres if chemin.parent != ici]


def _lire_sans_juger(dossier: Path) -> Journal:
    try:
        return lire_journal(dossier)
    except EnvoiRefuse:
        return Journal()


def ecrire_journal(journal: Journal, dossier: Path, texte: Path | None = None) -> None:
    """Remplace le journal du dossier d'un seul geste ; `SortieImpossible` s'il ne peut s'écrire.

    Neuf, il n'est pas plus lisible que le ``texte`` du message.
    """
    chemin = dossier / NOM_DU_JOURNAL
    preparer(chemin, remplacer=True)
    octets = encoder(journal, retrait=2)
    sources = [texte] if texte else []
    ecrire_atomique(chemin, octets + b"\n", remplacer=True, sources=sources)


def phrases_des_doublons(
    journal: Journal,
    bordereau: Bordereau,
    adresses: Iterable[str],
    fichiers: tuple[Empreinte, ...],
) -> Sequence[str]:
    """Une phrase par destinataire qui a déjà reçu ce message, ou l'a peut-être reçu ; elle dit si
    les ``fichiers`` ne sont plus les mêmes."""
    traces = ((adresse, journal.dernier(bordereau, adresse)) for adresse in adresses)
    return [_phrase(adresse, trace, fichiers) for adresse, trace in traces if trace is not None]


def _phrase(adresse: str, trace: Trace, fichiers: tuple[Empreinte, ...]) -> str:
    quand = f"{trace.date:%d.%m.%Y à %H:%M}"
    if trace.statut is Statut.ENVOYE:
        change = " ; ses fichiers ont changé depuis" if trace.fichiers != fichiers else ""
        return f"Ce message est déjà parti à {adresse} le {quand}{change}."
    return (
        f"Un envoi de ce message à {adresse}, le {quand}, est en cours ou s'est interrompu : "
        "il est peut-être arrivé. Demandez-le au destinataire."
    )
