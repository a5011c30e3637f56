{
    enTexte: true,
    demarrer() {},
    // Chaque pièce quitte le document pour un Blob, que le navigateur garde hors de la page.
    pieces: (() => {
      const gardees = {};
      for (const nom of @@noms@@) {
        gardees[nom] = new Blob([$(`piece-${nom}`).textContent]);
        $(`piece-${nom}`).remove();
      }
      return async () => gardees;
    })(),
    pdf: (() => {
      const piece = $("piece-typst");
      if (!piece) return null;
      const garde = new Blob([piece.textContent]);
      piece.remove();
      return async () => garde;
    })(),
  }
