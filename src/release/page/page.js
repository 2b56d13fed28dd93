"use strict";
(() => {
  const root = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];
  const data = JSON.parse(find("#data").textContent);
  const rowsAtOnce = 100;
  const views = ["read", "rows", "charts", "audit", "files"];
  const wide = matchMedia("(min-width: 75rem)");
  // `scrolled` keeps where each view was left; `rowsFor` is what the table of rows was filled for.
  const state = { report: 0, view: "read", number: null, scrolled: {}, rowsFor: "" };

  // Words and codes in the chosen language.

  const say = (key, values = {}) => {
    const word = data.words[key];
    const text = word ? word[root.dataset.lang] : key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
  const nameOf = (list, code) => data.codes[list]?.[code]?.[root.dataset.lang] ?? code;
  const keep = (key, value) => {
    try { localStorage.setItem(key, value); } catch { /* A page from disk may have no store. */ }
  };

  // Rows as objects, made when a report is first shown.

  const objects = (table) =>
    table.rows.map((cells) => Object.fromEntries(table.fields.map((field, at) => [field, cells[at]])));
  const findings = objects(data.findings);
  const opened = new Map();
  const report = (number = state.report) => {
    if (!opened.has(number)) {
      const raw = data.reports[number];
      const rows = {
        report: raw.report,
        sections: new Map(objects(raw.sections).map((row) => [row.section_id, row])),
        footnotes: new Map(objects(raw.footnotes).map((row) => [row.footnote_no, row])),
        numerals: objects(raw.numerals),
        observations: objects(raw.observations),
        members: objects(raw.members),
        findings: findings.filter((row) => row.report_id === raw.report.report_id),
      };
      rows.byId = new Map(rows.observations.map((row) => [row.observation_id, row]));
      opened.set(number, rows);
    }
    return opened.get(number);
  };
  const heading = (section) => (section.label ?? "") + (section.title ?? "");
  const path = (sectionId) => {
    const names = [];
    let section = report().sections.get(sectionId);
    while (section && names.length < 9) {
      names.unshift(section);
      section = report().sections.get(section.parent_id);
    }
    return names.filter((part) => heading(part));
  };

  // Elements. Text goes in as text, never as markup.

  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };
  const address = (id) => `#${encodeURIComponent(id)}`;
  const grouped = (digits) => digits.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  const hedge = (row) => (row.modifier === "exact" ? "" : nameOf("modifiers", row.modifier));
  const valueText = (row) => row.value_text + (row.value_max === null ? "" : `–${row.value_max}`);
  const stated = (row) => `${hedge(row)}${valueText(row)}${row.unit}`;
  const figure = (row) =>
    make("span", { class: `figure ${row.status}` },
      hedge(row) ? make("small", {}, hedge(row)) : null, valueText(row), make("small", {}, row.unit));
  const marked = (text, words) => {
    const lower = text.toLowerCase();
    const word = words.find((candidate) => lower.includes(candidate));
    if (!word || lower.length !== text.length) return [text];
    const at = lower.indexOf(word);
    return [text.slice(0, at), make("mark", {}, text.slice(at, at + word.length)), text.slice(at + word.length)];
  };

  // The card: what a number is.

  const card = find("#card");
  const pairs = (entries) =>
    make("dl", { class: "pairs" }, ...entries.filter(([, value]) => value !== null && value !== undefined && value !== "")
      .flatMap(([word, value]) => [make("dt", {}, say(word)), make("dd", {}, value)]));
  const code = (text) => make("code", {}, text);
  const sectionLinks = (sectionId) => {
    const parts = path(sectionId);
    const last = parts.at(-1);
    return last && make("a", { href: address(`s${state.report}-${last.section_id}`), lang: "zh-CN" },
      parts.map(heading).join(" › "));
  };
  const noteNumbers = (row) =>
    [...new Set([row.footnote_no, ...(row.footnote_refs ?? "").split(";").filter(Boolean).map(Number)])]
      .filter((number) => report().footnotes.has(number));
  const noteItem = (number) => {
    const note = report().footnotes.get(number);
    return make("p", { lang: "zh-CN" },
      make("a", { href: address(`f${state.report}-${number}`) }, `［${number}］`), note.text);
  };
  // A finding says the same in Chinese and in English, parted by a slash.
  const inLanguage = (message) => {
    const parts = message.split(" / ");
    return parts.length === 2 ? parts[root.dataset.lang === "zh" ? 0 : 1] : message;
  };
  const findingItem = (finding) =>
    make("div", { class: `found ${finding.severity}` },
      make("p", { class: "badge" }, say(`severity.${finding.severity}`), " ", code(finding.check)),
      make("p", {}, inLanguage(finding.message)));
  const quote = (row) => {
    const at = row.sentence.indexOf(row.value_text);
    const once = at >= 0 && row.sentence.indexOf(row.value_text, at + 1) < 0;
    return make("blockquote", { class: `quote ${row.status}`, lang: "zh-CN" },
      ...(once
        ? [row.sentence.slice(0, at), make("mark", {}, row.value_text), row.sentence.slice(at + row.value_text.length)]
        : [row.sentence]));
  };
  const headed = (word, ...children) => (children.length ? [make("h4", {}, say(word)), ...children] : []);

  const observationParts = (row, numeral) => {
    const notes = noteNumbers(row);
    const members = report().members.filter((member) => member.observation_id === row.observation_id);
    const same = report().observations.filter((other) => other !== row &&
      (row.indicator_code ? other.indicator_code === row.indicator_code : other.indicator === row.indicator));
    const found = report().findings.filter((finding) => finding.observation_ids.split(";").includes(row.observation_id));
    return [
      make("p", {}, figure(row)),
      make("p", { class: "what", lang: "zh-CN" }, row.indicator),
      row.indicator_code && nameOf("indicators", row.indicator_code) !== row.indicator
        ? make("p", { class: "hint" }, nameOf("indicators", row.indicator_code)) : "",
      quote(row),
      pairs([
        ["field.measure", nameOf("measures", row.measure)],
        ["field.comparison", row.comparison && say(`comparison.${row.comparison}`)],
        ["field.reference", row.reference],
        ["field.status", make("span", { class: `dot ${row.status}` }, nameOf("statuses", row.status))],
        ["field.period", row.period],
        ["field.theme", row.theme && nameOf("themes", row.theme)],
        ["field.place", row.place],
        ["field.section", sectionLinks(row.section_id)],
        ["field.rule", make("ul", { class: "rules" }, ...row.rule.split(";").map((rule) => make("li", {}, code(rule))))],
      ]),
      ...headed("detail.findings", ...found.map(findingItem)),
      ...headed("detail.notes", ...notes.map(noteItem)),
      ...headed("detail.members", ...(members.length
        ? [make("ol", { class: "names", lang: "zh-CN" }, ...members.map((member) => make("li", {}, member.name)))] : [])),
      ...headed("detail.same", ...(same.length
        ? [make("ul", { class: "same" }, ...same.map((other) => make("li", {}, make("a", { href: address(other.observation_id) },
          make("span", { class: `dot ${other.status}` }, [other.period, nameOf("statuses", other.status)].filter(Boolean).join(" ")),
          make("span", {}, other.measure === "level" ? stated(other) : `${nameOf("measures", other.measure)} ${stated(other)}`)))))] : [])),
      make("details", {}, make("summary", {}, say("detail.more")), pairs([
        ...Object.entries(row).filter(([field]) => field !== "sentence")
          .map(([field, value]) => [field, value === null ? null : code(field === "value_base" ? grouped(value) : String(value))]),
        ["reason", code(numeral.reason)],
      ])),
    ];
  };
  const numeralParts = (numeral) => {
    const note = [...report().footnotes.values()].find((row) => row.mark_start === numeral.source_start);
    return [
      make("p", {}, make("span", { class: `figure ${numeral.kind}`, lang: "zh-CN" }, numeral.surface)),
      make("p", { class: "hint" }, say("detail.no_row")),
      pairs([
        ["field.kind", say(`kind.${numeral.kind}`)],
        ["field.reason", code(numeral.reason)],
        ["field.offsets", `${numeral.source_start}–${numeral.source_end}`],
      ]),
      ...headed("detail.notes", ...(note ? [noteItem(note.footnote_no)] : [])),
    ];
  };
  // A range's second number belongs to the row of its first.
  const rowOf = (number) => {
    const { numerals, byId } = report();
    const at = numerals[number].kind === "range_end" ? number - 1 : number;
    return byId.get(numerals[at]?.observation_id);
  };
  const hint = () => [
    make("p", { class: "hint" }, say("detail.hint")), make("p", { class: "hint keys" }, say("detail.keys")),
  ];
  const tool = (word, action) => make("button", { type: "button", "data-do": action }, say(word));
  const showCard = () => {
    find("#detail").classList.toggle("open", state.number !== null);
    if (state.number === null) {
      card.replaceChildren(...hint());
      return;
    }
    const numeral = report().numerals[state.number];
    const row = rowOf(state.number);
    const id = markOf(state.number).id;
    const name = row ? say(`mark.${row.status}`) : say(`kind.${numeral.kind}`);
    card.replaceChildren(
      make("div", { class: "card-top" },
        make("p", { class: `kind ${row ? row.status : numeral.kind}` }, name),
        make("button", { type: "button", class: "close", "data-do": "close", "aria-label": say("detail.close") }, "×")),
      ...(row ? observationParts(row, numeral) : numeralParts(numeral)),
      make("div", { class: "tools" }, tool("detail.previous", "previous"), tool("detail.next", "next"),
        make("a", { href: address(id), class: "permalink" }, say("detail.permalink")), tool("detail.copy", "copy")));
    card.parentElement.scrollTop = 0;
  };

  // Marks in the text.

  const article = () => find(`article[data-report="${state.report}"]`);
  const markOf = (number) => find(`a.n[data-n="${number}"]`, article());
  const visibleMarks = () => {
    const hidden = [...article().classList].filter((name) => name.startsWith("hide-")).map((name) => name.slice(5));
    return findAll("a.n", article()).filter((mark) => !hidden.some((name) => mark.classList.contains(name)));
  };
  const isRow = (mark) => rowOf(Number(mark.dataset.n)) !== undefined;
  // One stop of the Tab key for all marks: the arrow keys move within.
  const setTabStop = (mark) => {
    for (const other of findAll('a.n[tabindex="0"]')) other.tabIndex = -1;
    if (mark) mark.tabIndex = 0;
  };
  const bring = (element) => {
    element.scrollIntoView({ block: "center" });
    // Paragraphs get their true height as they come into view, which can move the target once.
    requestAnimationFrame(() => element.scrollIntoView({ block: "center" }));
  };
  const unlight = () => {
    for (const lit of findAll(".s.lit")) lit.classList.remove("lit");
    for (const mark of findAll("a.n[aria-current]")) mark.removeAttribute("aria-current");
  };
  const select = (mark) => {
    unlight();
    state.number = mark ? Number(mark.dataset.n) : null;
    if (mark) {
      mark.setAttribute("aria-current", "true");
      mark.closest(".s")?.classList.add("lit");
      setTabStop(mark);
      const row = rowOf(state.number);
      const what = row ? `${row.indicator} ${stated(row)}` : `${mark.textContent} ${say(`kind.${report().numerals[state.number].kind}`)}`;
      find("#announce").textContent = say("announce.selected", { what });
    }
    showCard();
  };
  const step = (from, by, wanted = () => true) => {
    const marks = visibleMarks();
    let at = marks.indexOf(from) + by;
    while (marks[at] && !wanted(marks[at])) at += by;
    return marks[at];
  };

  // Views, reports and addresses.

  const showView = (view) => {
    state.scrolled[state.view] = scrollY;
    state.view = view;
    for (const name of views) {
      find(`#view-${name}`).hidden = name !== view;
      const link = find(`.bar a[href="#view-${name}"]`);
      if (name === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (view === "rows" && state.rowsFor !== rowsWanted()) fillRows();
  };
  const showReport = (number) => {
    if (number === state.report) return;
    state.scrolled = {};
    state.report = number;
    for (const part of findAll(".of-report")) part.hidden = Number(part.dataset.report) !== number;
    find("#report").value = number;
    select(null);
    setTabStop(find("a.n", article()));
    setFilters();
    if (state.view === "rows") fillRows();
  };
  const decoded = (hash) => {
    try { return decodeURIComponent(hash.slice(1)); } catch { return hash.slice(1); }
  };
  const follow = () => {
    const id = decoded(location.hash);
    const target = id === "" ? null : document.getElementById(id);
    if (!target) {
      select(null);
      showView("read");
      return;
    }
    const part = target.closest(".of-report");
    if (part) showReport(Number(part.dataset.report));
    showView(target.closest(".view")?.id.slice(5) ?? "read");
    if (target.matches("a.n")) {
      select(target);
      bring(target);
    } else if (target.matches(".view")) {
      select(null);
      const top = find(".masthead").offsetHeight;
      scrollTo(0, Math.max(state.scrolled[state.view] ?? 0, Math.min(scrollY, top)));
      target.focus({ preventScroll: true });
    } else {
      bring(target);
    }
  };
  const go = (mark) => {
    history.pushState(null, "", address(mark.id));
    select(mark);
  };

  // Rows: filters, search, table.

  const filters = find("#filters");
  const fields = ["theme", "measure", "status", "unit"];
  const lists = { theme: "themes", measure: "measures", status: "statuses" };
  const none = "\u0000";
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const setFilters = () => {
    for (const field of fields) {
      const select = filters.elements[field];
      const chosen = select.value;
      const counts = new Map();
      for (const row of report().observations) {
        const value = row[field] ?? none;
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const options = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([value, count]) => {
        const name = value === none || value === "" ? say("rows.none") : lists[field] ? nameOf(lists[field], value) : value;
        return make("option", { value: value === "" ? none : value }, `${name} (${count})`);
      });
      select.replaceChildren(make("option", { value: "" }, say("rows.all")), ...options);
      select.value = [...select.options].some((option) => option.value === chosen) ? chosen : "";
    }
  };
  const haystack = (row) => {
    row.haystack ??= plain([row.indicator, row.sentence, stated(row), row.observation_id, row.period ?? "",
      ...path(row.section_id).map(heading)].join("\n"));
    return row.haystack;
  };
  let shown = [];
  let words = [];
  const passes = (row) =>
    fields.every((field) => {
      const wanted = filters.elements[field].value;
      return wanted === "" || (row[field] || none) === wanted;
    }) && words.every((word) => haystack(row).includes(word));
  const rowElement = (row) => {
    const section = path(row.section_id).at(-1);
    const status = make("span", { class: `dot ${row.status}` }, nameOf("statuses", row.status));
    const measure = nameOf("measures", row.measure);
    return make("tr", { "data-id": row.observation_id },
      make("td", {}, make("a", { href: address(row.observation_id), lang: "zh-CN" }, ...marked(row.indicator, words)),
        make("span", { class: "less" }, [measure, nameOf("statuses", row.status), row.period].filter(Boolean).join(" · ")),
        make("span", { class: "sentence", lang: "zh-CN" }, ...marked(row.sentence, words))),
      make("td", { class: "number" }, figure(row)),
      make("td", { class: "more" }, measure),
      make("td", { class: "more" }, status),
      make("td", { class: "more" }, row.period ?? ""),
      make("td", { class: "more" }, row.theme ? nameOf("themes", row.theme) : ""),
      make("td", { class: "more", lang: "zh-CN" }, section ? heading(section) : ""));
  };
  const body = find("#rows tbody");
  const addRows = (count) => {
    const at = body.rows.length;
    body.append(...shown.slice(at, at + count).map(rowElement));
    find("#more").hidden = body.rows.length >= shown.length;
  };
  const rowsWanted = () =>
    JSON.stringify([state.report, root.dataset.lang, ...[...filters.elements].map((element) => element.value)]);
  const fillRows = () => {
    state.rowsFor = rowsWanted();
    words = plain(filters.elements.text.value).split(/\s+/).filter(Boolean);
    shown = report().observations.filter(passes);
    body.replaceChildren();
    addRows(rowsAtOnce);
    find('[type="reset"]', filters).hidden = words.length === 0 && fields.every((field) => filters.elements[field].value === "");
    find("#rows").hidden = shown.length === 0;
    find("#empty").hidden = shown.length !== 0;
    find("#count").textContent = say("rows.count", { shown: shown.length, all: report().observations.length });
  };

  // Language and colours.

  const speak = () => {
    for (const element of findAll("[data-w]")) element.textContent = say(element.dataset.w);
    for (const element of findAll("[data-w-label]")) element.setAttribute("aria-label", say(element.dataset.wLabel));
    for (const element of findAll("[data-w-title]")) element.title = say(element.dataset.wTitle);
    for (const element of findAll("[data-w-placeholder]")) element.placeholder = say(element.dataset.wPlaceholder);
    find("#language").lang = root.dataset.lang === "zh" ? "en" : "zh-CN";
    document.title = find(`h1 .${root.dataset.lang}`).textContent;
  };
  const setLanguage = (language) => {
    root.dataset.lang = language;
    root.lang = language === "zh" ? "zh-CN" : "en";
    speak();
    setFilters();
    showCard();
    if (state.view === "rows") fillRows();
  };
  const showTheme = () => {
    find("#theme").dataset.w = root.dataset.theme === "dark" ? "theme.to_light" : "theme.to_dark";
    find("#theme").textContent = say(find("#theme").dataset.w);
  };

  // What a reader does.

  const copy = async (button) => {
    const link = find(".permalink", card);
    try {
      await navigator.clipboard.writeText(link.href);
      button.textContent = say("detail.copied");
    } catch {
      button.textContent = say("detail.not_copied");
      getSelection().selectAllChildren(link);
    }
    find("#announce").textContent = button.textContent;
  };
  const close = () => {
    const mark = state.number === null ? null : markOf(state.number);
    history.pushState(null, "", "#view-read");
    select(null);
    if (mark && state.view === "read") mark.focus({ preventScroll: true });
  };
  const actions = {
    close,
    copy,
    previous: () => stepTo(-1),
    next: () => stepTo(1),
  };
  const stepTo = (by) => {
    const mark = step(markOf(state.number), by, isRow);
    if (!mark) return;
    go(mark);
    bring(mark);
    find(`[data-do="${by < 0 ? "previous" : "next"}"]`, card).focus();
  };

  document.addEventListener("click", (event) => {
    const plainClick = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const mark = event.target.closest("a.n");
    const button = event.target.closest("button");
    const line = event.target.closest("#rows tbody tr");
    if (mark && plainClick) {
      event.preventDefault();
      go(mark);
      // From the keyboard, reading goes on in the card; Escape leads back.
      if (event.detail === 0) card.focus({ preventScroll: true });
    } else if (button?.dataset.do) {
      actions[button.dataset.do](button);
    } else if (button?.dataset.class) {
      const hide = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", String(!hide));
      button.closest("article").classList.toggle(`hide-${button.dataset.class}`, hide);
      setTabStop(visibleMarks()[0]);
    } else if (button?.id === "language") {
      setLanguage(root.dataset.lang === "zh" ? "en" : "zh");
      keep("gongkai.language", root.dataset.lang);
    } else if (button?.id === "theme") {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      keep("gongkai.theme", root.dataset.theme);
      showTheme();
    } else if (button?.id === "more") {
      addRows(rowsAtOnce);
    } else if (line && plainClick && !event.target.closest("a") && getSelection().isCollapsed) {
      location.hash = address(line.dataset.id);
    } else if (event.target.closest("a")?.hash === location.hash && location.hash !== "" && plainClick) {
      event.preventDefault();
      follow();
    }
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("a.n")) setTabStop(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select, textarea");
    const steps = { ArrowLeft: -1, ArrowRight: 1 };
    if (event.target.matches("a.n") && event.key in steps) {
      const next = step(event.target, steps[event.key]);
      if (next) {
        event.preventDefault();
        next.focus();
      }
    } else if (event.key === "Escape" && state.number !== null && !typing) {
      close();
    } else if (event.key === "/" && !typing) {
      event.preventDefault();
      history.pushState(null, "", "#view-rows");
      select(null);
      showView("rows");
      filters.elements.text.focus();
    }
  });
  filters.addEventListener("input", fillRows);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("reset", () => setTimeout(() => {
    fillRows();
    filters.elements.text.focus();
  }));
  find("#report")?.addEventListener("change", (event) => {
    showReport(Number(event.target.value));
    history.pushState(null, "", `#view-${state.view}`);
  });
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => { if (state.view === "rows") addRows(shown.length); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
  new IntersectionObserver(([seen]) => { if (seen.isIntersecting) addRows(rowsAtOnce); }).observe(find("#more"));

  const openContents = () => { find("#contents").open = wide.matches; };
  wide.addEventListener("change", openContents);
  openContents();
  setTabStop(find("a.n", article()));
  setLanguage(root.dataset.lang);
  showTheme();
  if (location.hash !== "") follow();
  root.dataset.ready = "yes";
})();
