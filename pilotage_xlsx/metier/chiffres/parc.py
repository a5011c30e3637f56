"""Les outils de la commune : en service, indispensables, ce qu'ils coûtent, leurs mouvements.

>>> from tests.metier.tables import lier
>>> liens = lier('''
... outils | nom  | criticite     | cout_annuel | sauvegarde
...        | GED  | Indispensable | 3600        | Restauration testée
...        | Mail | Indispensable |             | Aucune
... ''')
>>> testee, cout = RESTAURATION.mesurer(liens, 2026), COUT_ANNUEL.mesurer(liens, 2026)
>>> (testee.valeur, testee.sur), (cout.valeur, cout.compte, cout.sur)
((1, 2), (3600.0, 1, 2))

Source : note § 3.2 ; docs/domaine.md § 5.
"""

from __future__ import annotations

from pilotage_xlsx.metier.lignes import de_l_annee, qui_repondent
from pilotage_xlsx.metier.mesure import SANS_OBJET, Chapitre, Chiffre
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne

_RESTAURATION_TESTEE = Marque("outils", "sauvegarde", "testee")
_SANS_SAUVEGARDE = Marque("outils", "sauvegarde", "aucune")
_PRESTATAIRE_SEUL = Marque("outils", "acces_administrateur", "prestataire_seul")
_ACCES_TENUS = Marque("outils", "acces_administrateur", "tenus_par_la_commune")


def _cout(outil: Ligne) -> float | None:
    return outil.nombre("cout_annuel")


EN_SERVICE = Chiffre(
    "en_service",
    "outils en service",
    Chapitre.PARC,
    lambda liens, _: liens.outils_en_service,
    colonne="Outils en service",
)
INDISPENSABLES = Chiffre(
    "indispensables",
    "outils indispensables",
    Chapitre.PARC,
    lambda liens, _: liens.indispensables,
    singulier="outil indispensable",
    colonne="dont indispensables",
)
RESTAURATION = Chiffre(
    "restauration",
    "restauration testée",
    Chapitre.PARC,
    lambda liens, _: qui_repondent(liens, liens.indispensables, _RESTAURATION_TESTEE),
    base=INDISPENSABLES,
    sans_objet=_RESTAURATION_TESTEE._replace(nom=SANS_OBJET),
    colonne="Restauration testée",
)
ACCES = Chiffre(
    "acces",
    "accès tenus par la commune",
    Chapitre.PARC,
    lambda liens, _: qui_repondent(liens, liens.indispensables, _ACCES_TENUS),
    base=INDISPENSABLES,
    sans_objet=_ACCES_TENUS._replace(nom=SANS_OBJET),
    colonne="Accès tenus",
)
COUT_ANNUEL = Chiffre(
    "cout",
    "francs par an",
    Chapitre.PARC,
    lambda liens, _: (o for o in liens.outils_en_service if _cout(o) is not None),
    base=EN_SERVICE,
    valeur=lambda _, lignes: sum(cout for o in lignes if (cout := _cout(o)) is not None),
    est_un_montant=True,
    colonne="Francs par an",
)
SANS_SAUVEGARDE = Chiffre(
    "sans_sauvegarde",
    "indispensables sans sauvegarde",
    Chapitre.PARC,
    lambda liens, _: qui_repondent(liens, liens.indispensables, _SANS_SAUVEGARDE),
    citation="Indispensables sans aucune sauvegarde",
)
AU_PRESTATAIRE_SEUL = Chiffre(
    "acces_au_prestataire",
    "indispensables dont le prestataire tient seul l'accès",
    Chapitre.PARC,
    lambda liens, _: qui_repondent(liens, liens.indispensables, _PRESTATAIRE_SEUL),
    citation="Indispensables dont le prestataire tient seul l'accès administrateur",
)
NOUVEAUX = Chiffre(
    "nouveaux",
    "outils nouveaux",
    Chapitre.PARC,
    lambda liens, annee: de_l_annee(liens.outils_en_service, "en_service_depuis", annee),
    citation="Nouveaux en {annee}",
)
ARRETES = Chiffre(
    "arretes",
    "outils arrêtés",
    Chapitre.PARC,
    lambda liens, annee: de_l_annee(liens.etat.tenues("outils"), "arrete_le", annee),
    citation="Arrêtés en {annee}",
)
SANS_DECISION = Chiffre(
    "sans_decision",
    "outils sans décision inscrite",
    Chapitre.PARC,
    lambda liens, _: (o for o in liens.outils_en_service if liens.est_sans_decision(o)),
    citation="Sans décision inscrite",
)
