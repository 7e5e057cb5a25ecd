// Map and ranking are one selection: what is pointed at or focused in one is marked in the other.
(function () {
  "use strict";
  function mark(event) {
    var one = event.target.closest && event.target.closest("[data-area]");
    document.querySelectorAll("[data-area].here").forEach(function (old) { old.classList.remove("here"); });
    if (one) document.querySelectorAll('[data-area="' + one.dataset.area + '"]').forEach(function (found) { found.classList.add("here"); });
  }
  document.addEventListener("mouseover", mark);
  document.addEventListener("focusin", mark);
})();
