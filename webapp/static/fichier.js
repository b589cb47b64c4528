// The choice of a file (templates/components/fichier.html): says which one was chosen.
"use strict";

(() => {
  const dire = (champ) => {
    const nom = champ.parentElement.querySelector("[data-fichier-nom]");
    if (nom) nom.textContent = [...champ.files].map((fichier) => fichier.name).join(", ") || nom.dataset.rien;
  };
  const tous = () => document.querySelectorAll(".fichier > input").forEach(dire);
  document.addEventListener("change", ({ target }) => {
    if (target.matches(".fichier > input")) dire(target);
  });
  // A form is emptied after it has said so; a browser that comes back to a page gives its file back.
  document.addEventListener("reset", () => setTimeout(tous));
  addEventListener("pageshow", tous);
})();
