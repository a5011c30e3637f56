"""La feuille dit la même chose dans plusieurs tableurs, écrits par d'autres que nous."""
