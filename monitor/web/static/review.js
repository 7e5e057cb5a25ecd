// Keys for the review page: a accept, x reject, z undo, n next, c correct, 1..9 to a slot. Without script the forms do the same.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "Escape" && typing) { document.activeElement.blur(); return; }
    if (event.key === "Enter" && typing) {
      event.preventDefault();
      document.querySelector('[data-key="c"]').click();
      return;
    }
    if (typing) return;
    var target = document.querySelector('[data-key="' + (event.key.match(/^[a-z1-9]$/) ? event.key : "?") + '"]');
    if (!target || target.disabled) return;
    event.preventDefault();
    if (/^[1-9]$/.test(event.key)) { target.focus(); if (target.select) target.select(); } else { target.click(); }
  });
})();
