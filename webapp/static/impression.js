// The button of the page that is made to be printed.
"use strict";

document.querySelector("[data-imprimer]")?.addEventListener("click", () => print());
