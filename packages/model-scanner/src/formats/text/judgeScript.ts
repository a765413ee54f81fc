import { shown, type Tell } from '../config/values';

/** What scripts do that no script of a model should. Linear in the text. */
const PATTERNS: Array<[what: string, pattern: RegExp]> = [
  [
    'runs what it downloads',
    /\b(curl|wget|fetch|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^\n|;]{0,300}[|;]\s*(sudo\s+)?(ba|z|da|k)?(sh|python[\d.]*|perl|ruby|node|iex)\b/gi,
  ],
  [
    'runs what it downloads',
    /\b(eval|source|bash|sh|python[\d.]*|iex)\b\s{0,4}(-c\s{0,4})?["'<(]{0,3}\$?\(?\s{0,4}(curl|wget)\b/gi,
  ],
  [
    'runs what it decodes',
    /\b(base64\s+(-d|--decode|-D)|xxd\s+-r|openssl\s+enc\s+-d|gunzip\s+-c)[^\n|]{0,100}\|\s*(sudo\s+)?(ba|z|da|k)?(sh|python[\d.]*|perl)\b/gi,
  ],
  [
    'opens a way in',
    /\/dev\/(tcp|udp)\/|\bnc(at)?\s[^\n]{0,60}\s?-\w*[ec]\s|\bsocat\b[^\n]{0,100}\bexec\b|\bmkfifo\b[^\n]{0,100}\bnc\b/gi,
  ],
  [
    'runs an encoded command',
    /powershell[^\n]{0,60}\s-(e|en|enc|encodedcommand)\s+[A-Za-z0-9+/=]{20}|FromBase64String|\bcertutil\b[^\n]{0,60}-decode|\bmshta\b|\bregsvr32\b|\bbitsadmin\b/gi,
  ],
  [
    'deletes without asking',
    /\brm\s+-\w*(rf|fr)\w*\s+(--no-preserve-root\s+)?["']?(\/(\s|$|\*|etc|usr|home|var|bin)|~|\$HOME)/gm,
  ],
  [
    'reaches for keys',
    /(~|\$HOME|\/root|\/home\/\w+)\/\.(ssh|aws|kube|netrc|docker|gnupg|git-credentials)\b|\/etc\/(shadow|sudoers|passwd)\b|169\.254\.169\.254|huggingface\/token\b/gi,
  ],
  [
    'makes itself permanent',
    /\bcrontab\b|\/etc\/(cron|systemd|rc\.local|profile\.d)|(>>|tee -a)\s*["']?(~|\$HOME)\/\.(bash|zsh|profile)|\bschtasks\b|CurrentVersion\\Run/gi,
  ],
  [
    'preloads a library',
    /\bLD_PRELOAD=|\bDYLD_INSERT_LIBRARIES=|\/etc\/ld\.so\.preload/g,
  ],
];

const MOST_FINDINGS = 50;

/** Judges a script of a shell or the like. */
export function judgeScript(text: string, tell: Tell): void {
  let findings = 0;
  for (const [what, pattern] of PATTERNS) {
    for (const { index, 0: found } of text.matchAll(pattern)) {
      findings += 1;
      if (findings > MOST_FINDINGS) return;
      tell('script-dangerous', `${what}: ${shown(found.trim())}`, index);
    }
  }
}

/** Options by which a list of requirements takes packages from elsewhere. */
const SOURCES =
  /^[ \t]*((--?(index-url|extra-index-url|find-links|trusted-host|editable|i|f|e)\b[= \t]*|[\w.[\]-]+[ \t]*@[ \t]*)?(git\+|hg\+|svn\+|bzr\+)?(https?|ssh|ftp|file|git):\/\/[^\s#]{1,300}|--?(e|editable|find-links|f)[= \t]+[^\s#]{1,200}|\.{1,2}\/[^\s#]{1,200})/gm;
const USUAL =
  /^\s*(-i|--index-url|--extra-index-url)[= \t]*https:\/\/(pypi\.org\/simple|download\.pytorch\.org\/whl)/;

/** Judges a list of requirements of pip. */
export function judgeRequirements(text: string, tell: Tell): void {
  let findings = 0;
  for (const { index, 0: found } of text.matchAll(SOURCES)) {
    if (USUAL.test(found)) continue;
    findings += 1;
    if (findings > MOST_FINDINGS) return;
    tell('requirements-source', `takes ${shown(found.trim())}`, index);
  }
}

const MARKUP: Array<[what: string, pattern: RegExp]> = [
  ['a script', /<\s*script\b/gi],
  [
    'an address that is code',
    /(href|src|action|data)\s*=\s*["']?\s*(javascript|vbscript|data:text\/html)\b/gi,
  ],
  [
    'a handler of events',
    /<[a-z][^<>]{0,500}?\son(load|error|click|mouseover|focus|begin|toggle|animationstart)\s*=/gi,
  ],
  [
    'a page within',
    /<\s*(iframe|object|embed|foreignObject|meta\s+http-equiv)\b/gi,
  ],
  [
    'a definition of a document that reads files',
    /<!ENTITY\s+\S{1,100}\s+(SYSTEM|PUBLIC)\b/gi,
  ],
];

/** Judges pictures and pages that are text. */
export function judgeMarkup(text: string, tell: Tell): void {
  for (const [what, pattern] of MARKUP) {
    const found = pattern.exec(text);
    pattern.lastIndex = 0;
    if (found) tell('markup-script', `holds ${what}`, found.index);
  }
}
