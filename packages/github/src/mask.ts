/** Shorter texts are no secrets, and masking them would hide half of every log. */
const shortest = 4;
const mask = '***';

const secretName =
  /(?:^|_)(?:PASS(?:WORD|WD|PHRASE)?|TOKEN|SECRETS?|CREDENTIALS?|DSN|(?:API|ACCESS|SECRET|PRIVATE|SSH|SIGNING|ENCRYPTION)_?KEY)(?:_|$)/;
const urlWithPassword = /^[a-z][a-z0-9+.-]*:\/\/[^\s/]*@/i;

/**
 * All forms in which a secret may turn up: raw, each line of it, percent-encoded, decoded, as JSON, as base64; of a URL
 * the whole, and the password and its pair with the user in each of these forms. The longest first.
 */
export function secretForms(secret: string): string[] {
  const forms = new Set<string>();
  for (const raw of [secret, secret.trim(), ...secret.split(/\r?\n/).map((line) => line.trim())]) addForms(raw, forms);
  for (const { user, password } of userInfos(secret.trim())) {
    for (const form of [password, decoded(password)]) {
      addForms(form, forms);
      // As in an Authorization header.
      addForms(`${decoded(user)}:${form}`, forms);
    }
  }
  return [...forms].filter((form) => form.length >= shortest).sort((a, b) => b.length - a.length);
}

function addForms(raw: string, forms: Set<string>): void {
  if (raw.length < shortest) return;
  forms.add(raw);
  const bytes = Buffer.from(raw);
  // Within a longer text, base64 of the same bytes begins at one of three places; its edges depend on the neighbours.
  for (const shift of [0, 1, 2]) {
    const base64 = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const cut = shift === 0 ? base64 : base64.slice(shift + 1);
    const whole = (bytes.length + shift) % 3 === 0 ? cut : cut.slice(0, -1);
    // What is left of a short secret is no longer long enough to mean it.
    if (whole.length >= 8) forms.add(whole).add(whole.replace(/\+/g, '-').replace(/\//g, '_'));
  }
  for (const base64 of [bytes.toString('base64'), bytes.toString('base64url')])
    forms.add(base64).add(base64.replace(/=+$/, ''));
  forms.add(JSON.stringify(raw).slice(1, -1));
  try {
    const encoded = encodeURIComponent(raw);
    forms
      .add(encoded)
      .add(encodeURI(raw))
      .add(encoded.replace(/%20/g, '+'))
      .add(encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()));
    // What browsers and RFC 3986 encode beside encodeURIComponent.
    forms.add(encoded.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`));
  } catch {
    // Half a character cannot be encoded, so nobody has.
  }
  forms.add(decoded(raw));
}

/** User and password by every reading of where they end: passwords with "@" or "/" in them are common, and wrong. */
function* userInfos(url: string): Generator<{ user: string; password: string }> {
  const start = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0].length;
  if (start === undefined) return;
  const rest = url.slice(start);
  const colon = rest.indexOf(':');
  for (let at = rest.indexOf('@'); at >= 0; at = rest.indexOf('@', at + 1)) {
    if (colon >= 0 && colon < at) yield { user: rest.slice(0, colon), password: rest.slice(colon + 1, at) };
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Values of the environment that are secrets by their name, or by being a URL with a password. */
export function secretValues(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value.length < shortest) return [];
    if (urlWithPassword.test(value)) return [value];
    // SSH_PRIVATE_KEY may be the path of one, and NPM_TOKEN_REQUIRED a flag.
    if (!secretName.test(name.toUpperCase()) || /^(?:true|false|none|null|[~.]{0,2}\/[\w./-]*)$/i.test(value))
      return [];
    return [value];
  });
}

export interface Masker {
  /** Registers secrets with the runner and for `redact`. */
  add(secrets: Iterable<string>): void;
  /** Text for where the runner masks nothing: comments, notes, outputs. */
  redact(text: string): string;
}

/** @param setSecret tells the runner, which masks one line at a time */
export function createMasker(setSecret: (text: string) => void): Masker {
  const known = new Set<string>();
  let ordered: string[] = [];
  return {
    add(secrets) {
      for (const secret of secrets) {
        for (const form of secretForms(secret)) {
          if (known.has(form)) continue;
          known.add(form);
          if (!form.includes('\n')) setSecret(form);
        }
      }
      ordered = [...known].sort((a, b) => b.length - a.length);
    },
    redact: (text) => ordered.reduce((redacted, form) => redacted.replaceAll(form, mask), text),
  };
}
