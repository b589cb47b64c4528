"""What a published guide says around its own sentences, on its page and on its print: written here once.

The page takes its words from here, and so does whatever has to tell them from the guide's.
"""

from __future__ import annotations

from webapp.domain.textes import fr

FIL = fr("Mode d'emploi")
HORS_SOURCE = fr("Ce guide n'est pas une fiche du portail : il est écrit par nous.")
VERIFIE_LE = fr("Vérifié le {jour} :")
TOUT_EXECUTE = fr("tout ce que ce guide dit a été exécuté dans un vrai navigateur")
TELECHARGER = fr("Télécharger le guide (PDF)")
MONTRE_MOI = fr("Montre-moi")
TRACABILITE = fr("Traçabilité")
CERTIFICATIONS = (fr("Certification"), fr("État"))
RECONSTITUEE = fr("Étape reconstituée : elle manque dans la copie de la fiche pratique.")
PREUVES = fr("Ce qui le prouve")
CE_QUE_DIT_UN_SCENARIO = fr("Chaque scénario dit ce qu'une personne fait et voit ; il a été joué dans {navigateur}.")
TENUE, A_TENIR = fr("✓ vérifié"), fr("? à vérifier")
TOUTES_TENUES, UNE_TENUE, RESTENT = fr(", tous vérifiés"), fr(", vérifié"), fr(", dont {nombre} à vérifier")
"""How the count of the scenarios ends."""
MENTION = fr("Démonstrateur non officiel, sans lien avec la Caisse des Dépôts")
PIED = fr(f"{{titre}} · {MENTION} page {{page}} sur {{pages}}")
"""What stands at the foot of each page of a print."""
