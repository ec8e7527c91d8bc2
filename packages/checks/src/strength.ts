/** Words that stand in values which somebody meant to replace, or thought up. */
const words = [
  'password',
  'passwort',
  'passwd',
  'secret',
  'changeme',
  'change',
  'replace',
  'example',
  'default',
  'admin',
  'root',
  'test',
  'demo',
  'dev',
  'local',
  'development',
  'production',
  'prod',
  'flask',
  'django',
  'jwt',
  'token',
  'key',
  'your',
  'my',
  'here',
  'this',
  'random',
  'string',
  'insecure',
  'letmein',
  'welcome',
  'dragon',
  'monkey',
  'master',
  'login',
  'user',
  'please',
  'super',
  'not',
  'in',
  'to',
  'me',
  'a',
  'the',
  'is',
  'xxx',
  'todo',
  'placeholder',
  'brand',
  'diagnosis',
  'app',
];
const sequences = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
];
const leastBits = 80;

/**
 * Why a value is weak, without the value; undefined when nothing speaks against it. Guessed from its look: words, runs and
 * repetitions count little, the rest as if it were random; 80 bits are asked (14 random letters and digits, 20 of hex).
 */
export function weakness(value: string): string | undefined {
  const lower = value.toLowerCase();
  const distinct = new Set(value).size;
  if (distinct <= 1) return 'one character repeated';
  for (let size = 1; size <= lower.length / 2; size++) {
    if (lower.length % size === 0 && lower.slice(0, size).repeat(lower.length / size) === lower) {
      return 'the same part repeated';
    }
  }
  const rest = withoutGuessable(lower);
  if (rest.length < lower.length / 2) return 'made of common words or runs of neighbouring characters';
  if (distinct < 8) return `only ${distinct} different characters`;
  const bits = rest.length * Math.log2(alphabet(value, distinct));
  return bits < leastBits ? `about ${Math.floor(bits)} bits of guesswork, ${leastBits} are asked` : undefined;
}

function alphabet(value: string, distinct: number): number {
  let size = 0;
  if (/^[0-9a-f-]+$/i.test(value)) size = 16;
  else {
    if (/[a-z]/.test(value)) size += 26;
    if (/[A-Z]/.test(value)) size += 26;
    if (/[0-9]/.test(value)) size += 10;
    if (/[^A-Za-z0-9]/.test(value)) size += 20;
  }
  // Few different characters in a long value are no sample of a large alphabet.
  return Math.max(2, Math.min(size, distinct * 2));
}

/** What is left when words and runs of four and more are taken out. */
function withoutGuessable(text: string): string {
  let rest = text;
  for (const sequence of sequences) {
    for (const row of [sequence, sequence.split('').reverse().join('')]) {
      for (let size = row.length; size >= 4; size--) {
        for (let from = 0; from + size <= row.length; from++) rest = rest.replaceAll(row.slice(from, from + size), '');
      }
    }
  }
  rest = rest.replaceAll(/(.)\1{3,}/g, '');
  const long = words.filter((word) => word.length >= 4).sort((a, b) => b.length - a.length);
  for (const word of long) rest = rest.replaceAll(word, '');
  return rest
    .split(/[^a-z0-9]+/)
    .filter((part) => !words.includes(part) && !/^(19|20)\d\d$/.test(part))
    .join('');
}
