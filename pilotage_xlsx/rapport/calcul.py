"""Du classeur lu aux chiffres figés du rapport."""

from __future__ import annotations

from datetime import date

from pilotage_xlsx.metier.affaires import Sinon, reconductions
from pilotage_xlsx.metier.chiffres import CINQ, du_rapport
from pilotage_xlsx.metier.chiffres.contrats import ECHEANCES
from pilotage_xlsx.metier.chiffres.incidents import INCIDENTS
from pilotage_xlsx.metier.chiffres.registres import A_CLARIFIER, libelles_a_clarifier
from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.metier.etat import Completude, dernier_jour_pour_resilier
from pilotage_xlsx.metier.evolution import comparer
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.mesure import Mesures
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import incidents, points
from pilotage_xlsx.rapport.chiffres import AClarifier, Echeance, Rapport
from pilotage_xlsx.registre import Ligne, Registre


def calculer(
    registre: Registre,
    modele: Modele,
    *,
    annee: int,
    au: date,
    constats: Resume,
    precedent: Registre | None = None,
) -> Rapport:
    """Les chiffres du rapport d'une commune pour ``annee``, au jour ``au``.

    ``constats`` : le compte de ce que le contrôle a trouvé ; ``precedent`` : le classeur de l'an
    passé, s'il existe. Ne lève rien : une feuille absente donne des comptes nuls.
    """
    liens = Liens(modele, registre, au)
    anciens = Liens(modele, precedent, au) if precedent else None
    mesures = Mesures.de(liens, annee, du_rapport())
    annuels = incidents.suivre(liens, mesures[INCIDENTS].lignes)
    return Rapport(
        commune=registre.commune,
        nom=registre.nom,
        annee=annee,
        au=au,
        precedent=precedent.annee or annee - 1 if precedent else None,
        constats=constats,
        mesures=mesures,
        anciennes=Mesures.de(anciens, anciens.registre.annee, CINQ) if anciens else None,
        points=points.a_decider(liens),
        incidents=annuels,
        a_savoir=incidents.a_savoir(annuels),
        incidents_sans_date=incidents.sans_date(liens),
        completude=_completude(liens),
        completude_totale=liens.etat.completude_totale,
        a_clarifier=tuple(_a_clarifier(liens, ligne) for ligne in mesures[A_CLARIFIER].lignes),
        echeances=echeances(mesures[ECHEANCES].lignes),
        reconduits=reconduits(liens),
        statut_tacite=modele.si_vide("outils", "statut") or "",
        priorite_tacite=modele.si_vide("signalements", "priorite") or "",
        seuil_signalement=modele.identite.seuils.signalement_nouveau_jours,
        evolution=comparer(anciens, liens) if anciens else None,
        relecture_jours=liens.etat.seuil("seuil_relecture"),
    )


def _completude(liens: Liens) -> tuple[tuple[str, Completude], ...]:
    """La complétude de chaque registre, sous son nom dans le modèle."""
    return tuple(
        (liens.modele.par_id[registre].libelle, completude)
        for registre, completude in liens.etat.completude.items()
    )


def _a_clarifier(liens: Liens, ligne: Ligne) -> AClarifier:
    feuille = liens.modele.par_id[ligne.lieu.registre]
    nom = ligne.texte(feuille.cle or "") or feuille.libelle
    return AClarifier(ligne, nom, libelles_a_clarifier(liens, ligne))


def echeances(outils: tuple[Ligne, ...]) -> tuple[Echeance, ...]:
    """Les fins de contrat de ces outils, de la plus proche à la plus lointaine."""
    fins = (
        Echeance(outil, jour, dernier_jour_pour_resilier(outil))
        for outil in outils
        if (jour := outil.date("echeance"))
    )
    return tuple(sorted(fins, key=lambda echeance: echeance.fin))


def reconduits(liens: Liens) -> tuple[tuple[Ligne, Sinon], ...]:
    """Les outils dont le contrat repart ou est reparti sans décision, et lequel des deux."""
    return tuple((a.ligne, a.sinon) for a in reconductions(liens) if a.sinon is not None)
