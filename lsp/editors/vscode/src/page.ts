// A page of the server, made fit for a webview: it may draw and run what it brings, and reach nothing outside of itself.

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:";

/** The page with a policy that lets nothing in or out. */
export function sealed(html: string): string {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  const head = /<head[^>]*>/i.exec(html);
  if (head) {
    const end = head.index + head[0].length;
    return html.slice(0, end) + meta + html.slice(end);
  }
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? '';
  return `${doctype}<head>${meta}</head>${html.slice(doctype.length)}`;
}

/** A page that says something. */
export function saying(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return sealed(`<!doctype html><html><head></head><body><p>${escaped}</p></body></html>`);
}
