"use strict";
(() => {
  const CHUNK = 100;
  const data = JSON.parse(document.getElementById("index-data").textContent);
  const get = (id) => document.getElementById(id);
  const body = get("rows");
  const more = get("more");
  const FILTERS = { year: 1, notebook: 2, state: 4, rating: 12 };
  const SHARE = 7;
  const CHANGE = 11;
  const AGENCY_FILTERS = { type: 1, province: 2 };
  let found = [];
  let shown = 0;

  // One spelling for search: Arabic digits, one form of sara am, no marks of width zero.
  const plain = (text) => text.normalize("NFC").toLowerCase()
    .replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, "$1\u0e33")
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, "");

  const collator = new Intl.Collator(data.lang, { numeric: true });
  const order = data.agencies.map((_, i) => i)
    .sort((a, b) => collator.compare(data.agencies[a][0], data.agencies[b][0]));
  const rank = [];
  order.forEach((agency, place) => { rank[agency] = place; });
  const words = data.agencies.map((agency) => plain(agency.join(" ")));
  const texts = data.rows.map((row) => `${words[row[0]]} ${row[1]} ${plain(row[3])}`);

  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const link = (href, text, lang) => {
    const element = make("a", text);
    element.setAttribute("href", href);
    if (lang) element.hreflang = lang;
    return element;
  };

  const line = (row) => {
    const [agency, year, , title, state, error, headline, , synthetic, links, workbook] = row;
    const [name, type, province] = data.agencies[agency];
    const head = make("th", name);
    head.scope = "row";
    if (synthetic) head.append(make("span", data.words.synthetic, "tag"));
    head.append(make("span", [type, province].filter(Boolean).join(" · "), "where"));
    const report = make("td");
    links.forEach(([lang, href, text]) => report.append(link(href, text, lang), " "));
    if (workbook) report.append(link(workbook, data.words.workbook));
    if (!links.length && !workbook) report.textContent = title;
    const finding = make("td", state === "ok" ? headline : "");
    if (state !== "ok") finding.append(make("span", data.words.states[state], "bad"), ` ${error}`);
    const element = make("tr");
    element.append(head, make("td", String(year)), report, finding);
    return element;
  };

  const show = () => {
    const part = document.createDocumentFragment();
    found.slice(shown, shown + CHUNK).forEach((i) => part.append(line(data.rows[i])));
    shown = Math.min(shown + CHUNK, found.length);
    body.append(part);
    more.hidden = shown >= found.length;
  };

  const byNumber = (at, sign) => (a, b) => {
    const [x, y] = [data.rows[a][at], data.rows[b][at]];
    if (x === null || y === null) return (x === null) - (y === null) || a - b;
    return sign * (x - y) || a - b;
  };
  const name = (i) => rank[data.rows[i][0]];
  const ORDERS = {
    newest: (a, b) => data.rows[b][1] - data.rows[a][1] || name(a) - name(b) || a - b,
    name: (a, b) => name(a) - name(b) || data.rows[b][1] - data.rows[a][1] || a - b,
    share_low: byNumber(SHARE, 1),
    share_high: byNumber(SHARE, -1),
    change_low: byNumber(CHANGE, 1),
    change_high: byNumber(CHANGE, -1),
  };

  const count = () => {
    const n = found.length;
    const form = n === 0 ? "none" : n === 1 ? "one" : "many";
    get("count").textContent = data.words[form].replace("{n}", n.toLocaleString("en"));
  };

  const find = () => {
    const asked = plain(get("search").value).split(/\s+/).filter(Boolean);
    const wanted = Object.entries(FILTERS).map(([id, at]) => [get(id).value, at])
      .filter(([value]) => value);
    const places = Object.entries(AGENCY_FILTERS).map(([id, at]) => [get(id).value, at])
      .filter(([value]) => value);
    found = [];
    data.rows.forEach((row, i) => {
      if (wanted.every(([value, at]) => String(row[at]) === value)
        && places.every(([value, at]) => data.agencies[row[0]][at] === value)
        && asked.every((word) => texts[i].includes(word))) found.push(i);
    });
    found.sort(ORDERS[get("order").value]);
    shown = 0;
    body.textContent = "";
    count();
    show();
  };

  let waiting = 0;
  get("finder").addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(find, 60);
  });
  get("finder").addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  more.addEventListener("click", show);
  new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting) && !more.hidden) show();
  }, { rootMargin: "600px" }).observe(more);
  find();
})();
