/** One mail, before it is either text or HTML; nothing in it is markup. */
export interface Letter {
  readonly subject: string;
  /** One sentence each. */
  readonly paragraphs: readonly string[];
  readonly button?: { readonly label: string; readonly url: string };
  /** Small print below the button, such as how long it is good. */
  readonly notes?: readonly string[];
}

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
/** Names are people's own words: a line break among them would begin a header in a subject and a sentence of ours in a text. */
const onOneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

const STYLE = {
  page: "margin:0;padding:24px;background:#f6f6f4;font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;color:#1c1c1a",
  card: "max-width:520px;margin:0 auto;padding:28px;background:#fff;border:1px solid #e2e2dd;border-radius:8px",
  button: "display:inline-block;padding:10px 18px;background:#1c1c1a;color:#fff;border-radius:6px;text-decoration:none",
  note: "font-size:13px;color:#66665f",
} as const;

/** The same letter as plain text and as HTML. */
export function renderLetter({ subject, paragraphs, button, notes = [] }: Letter): Rendered {
  const lines = paragraphs.map(onOneLine);
  const small = notes.map(onOneLine);
  const heading = onOneLine(subject);
  const text = [...lines, ...(button ? [`${button.label}:\n${button.url}`] : []), ...small].join("\n\n");
  const body = [
    ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    ...(button
      ? [
          `<p><a href="${escapeHtml(button.url)}" style="${STYLE.button}">${escapeHtml(button.label)}</a></p>`,
          `<p style="${STYLE.note}">Or open this address: ${escapeHtml(button.url)}</p>`,
        ]
      : []),
    ...small.map((line) => `<p style="${STYLE.note}">${escapeHtml(line)}</p>`),
  ].join("\n");
  return {
    subject: heading,
    text: `${text}\n`,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(heading)}</title></head>
<body style="${STYLE.page}"><div style="${STYLE.card}">
${body}
</div></body></html>
`,
  };
}
