/** Words that the rules would spoil, as NLTK knows them. */
const IRREGULAR: Record<string, string> = {
  sky: 'sky',
  skies: 'sky',
  dying: 'die',
  lying: 'lie',
  tying: 'tie',
  news: 'news',
  innings: 'inning',
  inning: 'inning',
  outings: 'outing',
  outing: 'outing',
  cannings: 'canning',
  canning: 'canning',
  howe: 'howe',
  proceed: 'proceed',
  exceed: 'exceed',
  succeed: 'succeed',
};

const isConsonant = (word: string, at: number): boolean => {
  if ('aeiou'.includes(word[at])) return false;
  return word[at] !== 'y' || at === 0 || !isConsonant(word, at - 1);
};

/** `c` and `v` for each letter, runs as one: `troubles` is `cvcvc`. */
const shape = (stem: string) =>
  Array.from(stem, (_, at) => (isConsonant(stem, at) ? 'c' : 'v'))
    .join('')
    .replace(/c+/g, 'c')
    .replace(/v+/g, 'v');

/** How many times a vowel is followed by a consonant: Porter's m. */
const measure = (stem: string) => shape(stem).split('vc').length - 1;

const hasVowel = (stem: string) => shape(stem).includes('v');

const endsDouble = (word: string) =>
  word.length >= 2 &&
  word.at(-1) === word.at(-2) &&
  isConsonant(word, word.length - 1);

/** Consonant, vowel, consonant, the last one not w, x or y; or `at`, `up`, … */
const endsCvc = (word: string) =>
  word.length >= 3
    ? isConsonant(word, word.length - 3) &&
      !isConsonant(word, word.length - 2) &&
      isConsonant(word, word.length - 1) &&
      !'wxy'.includes(word[word.length - 1])
    : word.length === 2 && !isConsonant(word, 0) && isConsonant(word, 1);

type Rule = [suffix: string, by: string, when: (stem: string) => boolean];

const long = (stem: string) => measure(stem) > 0;
const longer = (stem: string) => measure(stem) > 1;

/** The first rule whose suffix fits decides, also where its condition fails. */
function applied(word: string, rules: Rule[]): string {
  for (const [suffix, by, when] of rules) {
    if (suffix === '*d' ? endsDouble(word) : word.endsWith(suffix)) {
      const stem = word.slice(
        0,
        suffix === '*d' ? -2 : -suffix.length || undefined,
      );
      return when(stem) ? stem + by : word;
    }
  }
  return word;
}

function step1a(word: string): string {
  if (word.endsWith('ies') && word.length === 4)
    return `${word.slice(0, -3)}ie`;
  const always = () => true;
  return applied(word, [
    ['sses', 'ss', always],
    ['ies', 'i', always],
    ['ss', 'ss', always],
    ['s', '', always],
  ]);
}

function step1b(word: string): string {
  if (word.endsWith('ied')) {
    return word.slice(0, -3) + (word.length === 4 ? 'ie' : 'i');
  }
  if (word.endsWith('eed')) {
    return long(word.slice(0, -3)) ? word.slice(0, -1) : word;
  }
  const suffix = ['ed', 'ing'].find(
    it => word.endsWith(it) && hasVowel(word.slice(0, -it.length)),
  );
  if (!suffix) return word;
  const stem = word.slice(0, -suffix.length);
  const last = stem.at(-1) ?? '';
  if (['at', 'bl', 'iz'].some(it => stem.endsWith(it))) return `${stem}e`;
  if (endsDouble(stem)) return 'lsz'.includes(last) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsCvc(stem) ? `${stem}e` : stem;
}

const step1c = (word: string) =>
  applied(word, [
    ['y', 'i', stem => stem.length > 1 && isConsonant(stem, stem.length - 1)],
  ]);

const STEP_2: Rule[] = [
  ['ational', 'ate', long],
  ['tional', 'tion', long],
  ['enci', 'ence', long],
  ['anci', 'ance', long],
  ['izer', 'ize', long],
  ['bli', 'ble', long],
  ['alli', 'al', long],
  ['entli', 'ent', long],
  ['eli', 'e', long],
  ['ousli', 'ous', long],
  ['ization', 'ize', long],
  ['ation', 'ate', long],
  ['ator', 'ate', long],
  ['alism', 'al', long],
  ['iveness', 'ive', long],
  ['fulness', 'ful', long],
  ['ousness', 'ous', long],
  ['aliti', 'al', long],
  ['iviti', 'ive', long],
  ['biliti', 'ble', long],
  ['fulli', 'ful', long],
];

function step2(word: string): string {
  if (word.endsWith('alli') && long(word.slice(0, -4))) {
    return step2(`${word.slice(0, -4)}al`);
  }
  if (word.endsWith('logi')) {
    return long(word.slice(0, -3)) ? word.slice(0, -1) : word;
  }
  return applied(word, STEP_2);
}

const STEP_3: Rule[] = [
  ['icate', 'ic', long],
  ['ative', '', long],
  ['alize', 'al', long],
  ['iciti', 'ic', long],
  ['ical', 'ic', long],
  ['ful', '', long],
  ['ness', '', long],
];

const STEP_4: Rule[] = [
  ...['al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement'],
  ...['ment', 'ent'],
].map((suffix): Rule => [suffix, '', longer]);
STEP_4.push([
  'ion',
  '',
  stem => longer(stem) && 'st'.includes(stem.at(-1) ?? ' '),
]);
for (const suffix of ['ou', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize']) {
  STEP_4.push([suffix, '', longer]);
}

function step5(word: string): string {
  let it = word;
  if (it.endsWith('e')) {
    const stem = it.slice(0, -1);
    if (longer(stem) || (measure(stem) === 1 && !endsCvc(stem))) it = stem;
  }
  return it.endsWith('ll') && longer(it.slice(0, -1)) ? it.slice(0, -1) : it;
}

/**
 * The stem of an English word, by Porter's algorithm with NLTK's extensions,
 * which is what rouge-score stems with.
 *
 * @see Porter 1980, An algorithm for suffix stripping; nltk.stem.porter
 */
export function porterStem(word: string): string {
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word];
  if (word.length <= 2 || !/^[a-z]+$/.test(word)) return word;
  let it = step1c(step1b(step1a(word)));
  it = applied(step2(it), STEP_3);
  return step5(applied(it, STEP_4));
}
