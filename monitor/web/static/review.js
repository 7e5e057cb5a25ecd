// Keys for the review page: a accept, x reject, z undo, n next, c correct, 1..9 to a slot. Without script the forms do the same.
(function () {
  "use strict";
  var busy = false;
  function press(key) {
    var target = document.querySelector('[data-key="' + key + '"]');
    if (!target || target.disabled) return false;
    if (!/^[1-9]$/.test(key)) { target.click(); return true; }
    target.focus();
    if (target.select) target.select();
    return true;
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "Escape" && typing) { document.activeElement.blur(); return; }
    if (typing && event.key !== "Enter") return;
    if (typing && document.activeElement.form && document.activeElement.form.getAttribute("role") === "search") return;
    var key = typing ? "c" : event.key;
    if (!/^[a-z1-9]$/.test(key)) return;
    // A key held down, or pressed while a verdict is on its way, decides nothing twice.
    if (event.repeat || busy) event.preventDefault();
    else if (press(key)) event.preventDefault();
  });
  // The next figure comes without a new page: what was told stays told where the answer is a refusal or none at all.
  document.addEventListener("htmx:beforeRequest", function () {
    busy = true;
    document.activeElement.blur();
  });
  document.addEventListener("htmx:afterRequest", function () { busy = false; });
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status >= 400) event.detail.shouldSwap = true;
  });
  document.addEventListener("htmx:afterSettle", function () {
    document.getElementById("noi-dung").focus({ preventScroll: true });
  });
  document.addEventListener("htmx:sendError", function () {
    var said = document.getElementById("khong-gui");
    if (said) said.hidden = false;
  });
})();
