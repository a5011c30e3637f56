"""Du classeur lu aux chiffres figés du rapport."""

from __future__ import annotations

from datetime import date

from pilotage_xlsx.constats import Resume
from pilotage_xlsx.etat import Completude
from pilotage_xlsx.evolution import comparer
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import cinq, engagements, incidents, points, suivi
from pilotage_xlsx.rapport.chiffres import Rapport
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
    annuels = incidents.de_l_annee(liens, annee)
    return Rapport(
        commune=registre.commune,
        nom=registre.nom,
        annee=annee,
        au=au,
        precedent=precedent.annee or annee - 1 if precedent else None,
        constats=constats,
        points=points.a_decider(liens),
        incidents=annuels,
        a_savoir=incidents.a_savoir(annuels),
        incidents_encore_ouverts=incidents.encore_ouverts(liens, annee),
        incidents_sans_date=incidents.sans_date(liens),
        cinq=cinq.compter(liens, anciens),
        completude=_completude(liens),
        completude_totale=liens.etat.completude_totale,
        incompletes=_incompletes(liens),
        a_clarifier=cinq.points_a_clarifier(liens),
        statut_tacite=liens.modele.si_vide("outils", "statut") or "",
        parc=suivi.parc(liens, annee),
        decisions=suivi.decisions(liens, annee),
        signalements=suivi.signalements(liens, annee),
        dependance=engagements.dependance(liens),
        maitrise=engagements.maitrise(liens),
        contrats=engagements.contrats(liens),
        mutualisation=suivi.mutualisation(liens, annee),
        evolution=comparer(anciens, liens) if anciens else None,
        relecture_jours=liens.etat.seuil("seuil_relecture"),
    )


def _completude(liens: Liens) -> tuple[tuple[str, Completude], ...]:
    """La complétude de chaque registre, sous son nom dans le modèle."""
    return tuple(
        (liens.modele.par_id[registre].libelle, completude)
        for registre, completude in liens.etat.completude.items()
    )


def _incompletes(liens: Liens) -> tuple[tuple[str, tuple[Ligne, ...]], ...]:
    """Les lignes en vigueur qui ne sont pas complètes, par registre."""
    etat = liens.etat
    return tuple(
        (
            feuille.libelle,
            tuple(o for o in etat.en_vigueur(feuille.id) if not etat.est_complete(feuille, o)),
        )
        for feuille in liens.modele.registres
    )
