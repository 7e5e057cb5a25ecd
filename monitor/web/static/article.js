// Keys for the article: j, k to the next and previous figure, e to its review, x reject it, z undo that, o to the original. Without script the links do the same.
(function () {
  "use strict";
  var marks = Array.prototype.slice.call(document.querySelectorAll("article.text mark[id]"));
  var named = marks.findIndex(function (mark) { return "#" + mark.id === location.hash; });
  var at = named >= 0 ? named : marks.findIndex(function (mark) { return mark.classList.contains("here"); });
  var busy = false;
  function go(step) {
    if (!marks.length) return;
    at = at < 0 ? (step > 0 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length;
    marks.forEach(function (mark, number) { mark.classList.toggle("here", number === at); });
    document.querySelectorAll(".aside .card").forEach(function (card) { card.classList.toggle("here", card.id === "o" + marks[at].id.slice(1)); });
    marks[at].querySelector("a").focus({ preventScroll: true });
    marks[at].scrollIntoView({ block: "center" });
    var card = document.getElementById("o" + marks[at].id.slice(1));
    if (card && window.innerWidth > 760) card.scrollIntoView({ block: "nearest" });
  }
  function tell(text) {
    var place = document.getElementById("bao");
    place.textContent = text;
    place.hidden = false;
    place.scrollIntoView({ block: "nearest" });
  }
  // The figure's review page holds the form and its token; who is not logged in is sent to log in, and from there to it.
  function decide(verdict) {
    if (at < 0 || busy) return;
    var said = document.getElementById("bao").dataset, path = "/tham-dinh/" + marks[at].id.slice(1);
    busy = true;
    fetch(path, { credentials: "same-origin" }).then(function (answer) { return answer.text(); }).then(function (text) {
      var field = new DOMParser().parseFromString(text, "text/html").querySelector("input[name=token]");
      if (!field || !field.value) { location.href = "/vao?tiep=" + path; return null; }
      return fetch(path, { method: "POST", credentials: "same-origin", body: new URLSearchParams({ token: field.value, verdict: verdict }) });
    }).then(function (answer) {
      return answer && answer.text().then(function (text) { return { ok: answer.ok, text: text }; });
    }).then(function (answer) {
      if (!answer) return;
      var fault = new DOMParser().parseFromString(answer.text, "text/html").querySelector("#loi");
      if (!answer.ok || fault) { busy = false; tell(fault ? fault.textContent : said.refused); return; }
      location.hash = marks[at].id;
      location.reload();
    }).catch(function () { busy = false; tell(said.dead); });
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.repeat) return;
    else if (event.key === "e" && at >= 0) location.href = "/tham-dinh/" + marks[at].id.slice(1);
    else if (event.key === "x") decide("reject");
    else if (event.key === "z") decide("undo");
    else if (event.key === "o") { var far = document.querySelector('a[data-key="o"]'); if (far) far.click(); }
  });
  if (named >= 0) go(0);
})();
