// The wire between this page and the simulator, and who this tab is.

export const seconds = (n) => (n >= 10 ? Math.round(n) : Math.round(n * 10) / 10);

/** Send JSON; an answer that is no success becomes an Error, whose `trouble` says it in the texts. */
export function post(path, body) {
  return send(path, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/** Send a form with files, likewise. */
export function upload(path, form) {
  return send(path, { body: form });
}

async function send(path, request) {
  const answer = await fetch(`/_sim/${path}`, { method: "POST", ...request });
  if (!answer.ok) {
    const trouble = { 404: "trouble_gone", 413: "trouble_large" }[answer.status] ?? "trouble_refused";
    throw Object.assign(new Error(String(answer.status)), { trouble });
  }
  return answer.json();
}

export async function get(path) {
  const answer = await fetch(`/_sim/${path}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Make an element: h("p.note", {onclick}, "text", child). Text is never read as markup. */
export function h(what, props = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && name !== "list") node[name] = value;
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((one) => one != null && one !== false));
  return node;
}

/** A small drawing by its path (24 by 24); what it means is said by what it stands in. */
export function icon(path) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

/** Remembered for this tab only: another tab is another person. */
export const mine = {
  read(name, fallback) {
    try {
      return JSON.parse(sessionStorage.getItem(`hand.${name}`)) ?? fallback;
    } catch {
      return fallback;
    }
  },
  write(name, value) {
    sessionStorage.setItem(`hand.${name}`, JSON.stringify(value));
  },
};

function chance(limit) {
  return crypto.getRandomValues(new Uint32Array(1))[0] % limit;
}

/** A fictitious number of this tab: +996 555 and six digits. */
export function myNumber() {
  const known = mine.read("number", "");
  if (known) return known;
  const fresh = `+996555${String(chance(1_000_000)).padStart(6, "0")}`;
  mine.write("number", fresh);
  return fresh;
}

export function myAccount() {
  const known = mine.read("account", 0);
  if (known) return known;
  const fresh = 555_000_000 + chance(1_000_000);
  mine.write("account", fresh);
  return fresh;
}

export const clock = (iso, lang) =>
  new Date(iso).toLocaleTimeString(lang === "en" ? "en-GB" : "ru", {
    hour: "2-digit", minute: "2-digit", second: "2-digit",
  });

/**
 * Follow what happens from now on; reconnects by itself without losing anything. A simulator that
 * was started anew knows nothing of this page's calls: the page starts anew too.
 */
export function follow({ seq, world }, tell, linked) {
  const source = new EventSource(`/_sim/stream?after=${seq}&world=${world}`);
  source.addEventListener("reset", () => location.reload());
  source.onopen = () => linked(true);
  source.onerror = () => linked(false);
  source.onmessage = (event) => tell(JSON.parse(event.data));
}
