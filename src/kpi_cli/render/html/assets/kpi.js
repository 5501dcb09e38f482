(function () {
  "use strict";
  var fold = function (s) {
    return s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  };
  var inputs = [];
  document.querySelectorAll(".fi").forEach(function (box) {
    var host = box.parentNode;
    var input = box.querySelector("input");
    var said = box.querySelector("[role=status]");
    var rows = Array.prototype.map.call(host.querySelectorAll("table[data-filter] tbody tr"), function (row) {
      return { row: row, text: fold(row.textContent) };
    });
    if (rows.length < 8) { return; }
    box.hidden = false;
    inputs.push(input);
    input.addEventListener("input", function () {
      var words = fold(input.value).split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (one) {
        var hit = words.every(function (word) { return one.text.indexOf(word) >= 0; });
        one.row.hidden = !hit;
        if (hit) { shown += 1; }
      });
      said.textContent = words.length
        ? said.dataset.says.replace("{n}", shown).replace("{whole}", rows.length) : "";
    });
  });
  var go = { "[": "prev", "]": "next" };
  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) { return; }
    if (event.key === "/" && inputs.length) {
      event.preventDefault();
      inputs[0].focus();
    } else if (go[event.key]) {
      var link = document.querySelector('link[rel="' + go[event.key] + '"]');
      if (link) { location.href = link.href; }
    }
  });
})();
