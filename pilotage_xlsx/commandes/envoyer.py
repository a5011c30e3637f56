"""``envoyer`` : le rapport à l'exécutif par courriel, en brouillon ou par un serveur."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from pilotage_xlsx.commandes.commun import (
    Echec,
    commande,
    option_force,
    peut_demander,
    refuser_d_ecraser,
)
from pilotage_xlsx.commandes.options import proposer
from pilotage_xlsx.commandes.terminal import demander, dire, imprimer
from pilotage_xlsx.commandes.types import DATE
from pilotage_xlsx.envoi import (
    Depart,
    EnvoiImpossible,
    EnvoiRefuse,
    Securite,
    Serveur,
    choisir_destinataires,
    choisir_expediteur,
    doublons,
    ecrire_brouillon,
    expedier,
    lire_contenu,
    lire_serveur,
    montrer,
    phrase_des_erreurs,
)
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.typographie import typographier

MOT_DE_PASSE = "PILOTAGE_SMTP_MOT_DE_PASSE"
SERVEUR = 3


@commande("envoyer")
@click.argument(
    "entrees",
    metavar="DOSSIER|FICHIER...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option("--a", "destinataires", multiple=True, metavar="ADRESSE", help="À qui (se répète).")
@click.option("--de", "expediteur", metavar="ADRESSE", help="De qui ; le référent, par défaut.")
@click.option(
    "--brouillon",
    metavar="FICHIER.eml",
    type=click.Path(path_type=Path),
    help="Écrire un brouillon à ouvrir, sans rien envoyer.",
)
@click.option("--smtp", metavar="HOTE[:PORT]", help="Le serveur de courrier.")
@click.option(
    "--securite",
    type=click.Choice([securite.value for securite in Securite]),
    default=Securite.STARTTLS.value,
    show_default=True,
    help="Le chiffrement de la liaison.",
)
@click.option("--oui", is_flag=True, help="Envoyer en clair, sans chiffrement, vers ce serveur.")
@click.option("--utilisateur", metavar="NOM", help="Le compte, si le serveur en demande un.")
@click.option("--essai", is_flag=True, help="Tout montrer, ne rien envoyer.")
@click.option("--encore", is_flag=True, help="Renvoyer ce qui est déjà parti.")
@click.option("--malgre-erreurs", is_flag=True, help="Envoyer même si le contrôle a des erreurs.")
@click.option(
    "--delai",
    metavar="SECONDES",
    type=click.IntRange(1),
    default=30,
    show_default="30",
    help="L'attente du serveur.",
)
@click.option("--au", type=DATE, help="La date du message ; maintenant, par défaut.")
@option_force
def envoyer(
    entrees: tuple[Path, ...],
    destinataires: tuple[str, ...],
    expediteur: str | None,
    brouillon: Path | None,
    smtp: str | None,
    securite: str,
    oui: bool,
    utilisateur: str | None,
    essai: bool,
    encore: bool,
    malgre_erreurs: bool,
    delai: int,
    au: date | None,
    modele: Modele,
    force: bool,
) -> int:
    """Envoie un rapport, un avis ou des fichiers : brouillon .eml, ou SMTP.

    Le mot de passe vient de la variable PILOTAGE_SMTP_MOT_DE_PASSE, ou se demande.
    """
    with _dire_les_fautes():
        depart = _preparer(entrees, destinataires, expediteur, au)
        serveur = lire_serveur(smtp, Securite(securite), utilisateur) if smtp is not None else None
        if essai:
            imprimer(typographier(montrer(depart)))
            _avertir(depart, serveur)
            return 0
        if brouillon is None and serveur is None:
            raise Echec("Comment envoyer ? Ajoutez --brouillon FICHIER.eml, ou --smtp HOTE.")
        _confirmer(depart, malgre_erreurs=malgre_erreurs)
        _confirmer_en_clair(serveur, oui=oui)
        if brouillon is not None:
            refuser_d_ecraser(brouillon, entrees)
            _avertir(depart, None)
            ecrire_brouillon(depart.message, brouillon, remplacer=force, sources=entrees)
            dire(f"{brouillon} est prêt : ouvrez-le, relisez, envoyez.")
        if serveur is None:
            return 0
        return _remettre(depart, serveur, encore=encore, delai=delai)


@contextmanager
def _dire_les_fautes() -> Iterator[None]:
    """Une faute de l'envoi devient une phrase : code 2 pour l'emploi, 3 pour le serveur."""
    try:
        yield
    except EnvoiRefuse as faute:
        raise Echec(str(faute), *proposer(faute.moyens)) from None
    except EnvoiImpossible as faute:
        raise Echec(str(faute), code=SERVEUR) from None


def _avertir(depart: Depart, serveur: Serveur | None) -> None:
    """Dit ce qui retiendrait un vrai envoi : déjà parti, ou en clair."""
    for phrase in doublons(depart):
        dire(phrase)
    if serveur is not None and serveur.est_en_clair:
        dire(f"{_en_clair(serveur)} L'envoi demandera --oui.")


def _remettre(depart: Depart, serveur: Serveur, *, encore: bool, delai: int) -> int:
    """Remet le message au serveur, dit sa réponse, rend le code de sortie."""
    if not encore and (phrases := doublons(depart)):
        raise Echec(f"{' '.join(phrases)} Ajoutez --encore pour le renvoyer.")
    mot_de_passe = _mot_de_passe(serveur.utilisateur)
    reponse = expedier(depart, serveur, mot_de_passe, encore=encore, delai=delai)
    dire(f"Envoyé à {', '.join(reponse.acceptes)} ({reponse.texte}).")
    for adresse, raison in reponse.refuses:
        dire(f"Refusé pour {adresse} : {raison}. Vérifiez l'adresse, puis renvoyez à elle seule.")
    return SERVEUR if reponse.refuses else 0


def _preparer(
    entrees: tuple[Path, ...],
    destinataires: tuple[str, ...],
    expediteur: str | None,
    au: date | None,
) -> Depart:
    contenu = lire_contenu(entrees)
    instant = datetime.combine(au, time(12), UTC) if au else datetime.now().astimezone()
    return Depart(
        contenu,
        choisir_expediteur(contenu, expediteur),
        choisir_destinataires(contenu, destinataires),
        instant,
    )


def _confirmer(depart: Depart, *, malgre_erreurs: bool) -> None:
    phrase = phrase_des_erreurs(depart.contenu)
    if phrase is not None and not malgre_erreurs:
        _demander(phrase, "Corrigez le classeur, ou ajoutez --malgre-erreurs.")


def _confirmer_en_clair(serveur: Serveur | None, *, oui: bool) -> None:
    if serveur is not None and serveur.est_en_clair and not oui:
        remede = "Choisissez --securite starttls ou tls, ou ajoutez --oui."
        _demander(_en_clair(serveur), remede)


def _en_clair(serveur: Serveur) -> str:
    return (
        f"Sans chiffrement, le message voyagera en clair jusqu'à {serveur} : tout le monde sur le "
        "chemin pourra le lire."
    )


def _demander(phrase: str, remede: str) -> None:
    """Demande s'il faut envoyer quand même ; sans personne devant, `Echec` et ce ``remede``."""
    if not peut_demander():
        raise Echec(f"{phrase} {remede}")
    question = f"{phrase} L'envoyer quand même (o/n) ?"
    if not demander(question, defaut="n").strip().lower().startswith("o"):
        raise click.Abort


def _mot_de_passe(utilisateur: str | None) -> str | None:
    if utilisateur is None or MOT_DE_PASSE in os.environ:
        return os.environ.get(MOT_DE_PASSE)
    if not peut_demander():
        raise Echec(f"Le mot de passe manque : mettez-le dans la variable {MOT_DE_PASSE}.")
    return demander(f"Mot de passe de {utilisateur}", est_cachee=True)
