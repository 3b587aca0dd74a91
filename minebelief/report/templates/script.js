"use strict";
(function () {
  const form = document.querySelector("form.filter");
  const find = form.elements.find, company = form.elements.company, source = form.elements.source;
  const status = form.querySelector("[role=status]");
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const themes = all(".theme").map((element) => ({
    element,
    says: plain(element.querySelector(".says").textContent + " " + element.dataset.about),
    quotes: all("blockquote", element).map((quote) => ({ quote, text: plain(quote.textContent), again: "again" in quote.dataset })),
    groups: all(".group", element),
    folds: all("details", element),
  }));
  const listed = all("[data-listed]").map((row) => ({ row, says: plain(row.textContent) }));
  const placed = all("tr[data-company], .company[data-company], li[data-company]");

  function fits(element) {
    const there = element.dataset;
    return (!company.value || !there.company || there.company === company.value)
      && (!source.value || !there.source || there.source === source.value);
  }

  function apply() {
    const wanted = plain(find.value.trim());
    const filtered = wanted || company.value || source.value;
    let told = 0, quoted = 0;
    for (const element of placed) element.hidden = !fits(element);
    for (const theme of themes) {
      const named = !wanted || theme.says.includes(wanted);
      let left = 0, first = 0;
      for (const { quote, text, again } of theme.quotes) {
        quote.hidden = !fits(quote) || !(named || text.includes(wanted));
        if (!quote.hidden) { if (again) first += 1; else left += 1; }
      }
      for (const group of theme.groups) group.hidden = Boolean(filtered) && !all("blockquote:not([hidden])", group).length;
      const counted = all("tbody tr[data-company]", theme.element).some((row) => !row.hidden && row.dataset.mentions !== "0");
      theme.element.hidden = Boolean(filtered) && !(left || first || (named && counted));
      if (!theme.element.hidden) { told += 1; quoted += left; }
      if (filtered) for (const fold of theme.folds) fold.open = left > 0 || (source.value && "sources" in fold.dataset);
    }
    for (const { row, says } of listed) row.hidden = Boolean(wanted) && !says.includes(wanted);
    status.textContent = filtered ? `${told} of ${themes.length} beliefs and values, ${quoted} quotes` : "";
  }

  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) { form.reset(); apply(); }
    for (let place = target; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
    target.scrollIntoView();
  }

  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  form.addEventListener("reset", () => setTimeout(apply, 0));
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) setTimeout(reveal, 0);
  });
  addEventListener("hashchange", reveal);
  form.hidden = false;
  reveal();
})();
