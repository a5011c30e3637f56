"""Le socle : archive bornée, tableur, page, papier, écriture, textes, dates ; n'importe que lui."""
