"""Les pannes d'un serveur de courrier, chacune en une phrase qui dit quoi faire."""

from __future__ import annotations

import smtplib
import socket
import ssl

from pilotage_xlsx.envoi.adresses import en_une_ligne
from pilotage_xlsx.socle.motifs import motif

_SANS_MOT_DE_PASSE = motif(r"5\.7\.139|(?i:basic authentication is disabled)")
"""Ce que répondent les services où seule l'authentification moderne (OAuth) est permise."""

_MOT_DE_PASSE = (
    "Vérifiez-les ; beaucoup de services n'acceptent ici qu'un mot de passe d'application, "
    "créé dans les réglages de sécurité du compte"
)


def expliquer_panne(serveur: str, panne: Exception) -> str:
    """La phrase d'une exception de la liaison (réseau, certificat, authentification…)."""
    match panne:
        case ssl.SSLCertVerificationError():
            return _certificat(serveur, panne)
        case ssl.SSLError():
            return (
                f"{serveur} ne parle pas TLS sur ce port : essayez --securite starttls "
                "(port 587), ou tls (port 465)."
            )
        case smtplib.SMTPResponseException():
            return expliquer_refus(serveur, panne.smtp_code, _texte(panne))
        case smtplib.SMTPNotSupportedError():
            return _sans_extension(serveur, str(panne))
        case smtplib.SMTPServerDisconnected():
            return _reseau(serveur, panne.__context__ or panne)
        case smtplib.SMTPException():
            return (
                f"{serveur} n'offre aucune authentification par mot de passe : demandez un autre "
                "accès à son exploitant, ou passez par --brouillon."
            )
        case UnicodeError():
            return (
                "Le nom d'utilisateur ou le mot de passe porte un accent, que l'envoi n'admet "
                "pas : créez un mot de passe d'application."
            )
        case _:
            return _reseau(serveur, panne)


def expliquer_refus(serveur: str, code: int, texte: str) -> str:
    """La phrase d'une réponse négative du serveur ; ``texte`` est sa réponse, code compris."""
    match code:
        case 534 | 535 if _SANS_MOT_DE_PASSE.search(texte):
            return (
                f"{serveur} n'admet plus aucun mot de passe ({texte}) : passez par --brouillon, ou "
                "demandez à l'exploitant de permettre l'envoi SMTP authentifié à ce compte."
            )
        case 534 | 535:
            return f"{serveur} refuse l'utilisateur ou le mot de passe ({texte}). {_MOT_DE_PASSE}."
        case 530:
            return f"{serveur} demande de s'annoncer ({texte}) : ajoutez --utilisateur NOM."
        case 552:
            return f"{serveur} trouve le message trop gros ({texte}) : joignez moins de fichiers."
        case 421 | 450 | 451 | 452 | 454:
            return f"{serveur} n'est pas disponible ({texte}) : réessayez dans quelques minutes."
        case _:
            return f"{serveur} répond non ({texte}) : rien n'a été envoyé."


_AUTRE_NOM, _PERIME, _PAS_ENCORE = (62, 63, 64), 10, 9
"""Ce que répond OpenSSL (X509_V_ERR_…) d'un certificat d'un autre nom, périmé ou prématuré."""


def _certificat(serveur: str, panne: ssl.SSLCertVerificationError) -> str:
    match panne.verify_code:
        case code if code in _AUTRE_NOM:
            fait = f"Le certificat que montre {serveur} est celui d'un autre nom"
            remede = "demandez à l'exploitant le nom exact du serveur, et donnez-le à --smtp."
        case code if code in (_PERIME, _PAS_ENCORE):
            fait = f"Le certificat de {serveur} n'est pas valable aujourd'hui"
            remede = "vérifiez la date de votre ordinateur ; sinon, avertissez l'exploitant."
        case _:
            fait = f"Le certificat de {serveur} ne vient pas d'une autorité reconnue"
            remede = (
                "vérifiez le nom du serveur ; si votre autorité est interne, indiquez son "
                "certificat par la variable SSL_CERT_FILE."
            )
    return f"{fait}. Rien n'a été envoyé : {remede}"


def _sans_extension(serveur: str, anglais: str) -> str:
    if "STARTTLS" in anglais:
        return f"{serveur} n'offre pas STARTTLS : essayez --securite tls (port 465)."
    return f"{serveur} n'offre pas d'authentification par mot de passe : retirez --utilisateur."


def _reseau(serveur: str, panne: BaseException) -> str:
    match panne:
        case TimeoutError():
            return f"{serveur} ne répond pas à temps : vérifiez le port, puis réessayez."
        case socket.gaierror():
            return f"{serveur} est introuvable : vérifiez son nom et la connexion à Internet."
        case ConnectionRefusedError():
            return f"{serveur} n'accepte pas de liaison : vérifiez le nom et le port."
        case _:
            return f"{serveur} a coupé la liaison : vérifiez le port et --securite, puis réessayez."


def _texte(panne: smtplib.SMTPResponseException) -> str:
    brut = panne.smtp_error
    texte = brut.decode("utf-8", "replace") if isinstance(brut, bytes) else brut
    return en_une_ligne(f"{panne.smtp_code} {texte}")[:200]
