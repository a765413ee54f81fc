import { shown, type Tell } from '../config/values';
import { isKnownOperator } from './knownOperators';
import { ruleOfOperator } from './operators';

const TOKEN =
  /#[^\n]*|[A-Za-z_][\w.]*|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|[{}<>:;,[\]]|[^\s]/g;

/** Judges the operators of a graph that is written as text. */
export function textOperators(text: string, tell: Tell): void {
  const functions = new Set<string>();
  const unknown = new Map<string, number>();
  const path: string[] = [];
  const told = new Set<string>();
  let key = '';
  let value: { text: string; at: number } | undefined;
  const finish = () => {
    if (!value) return;
    const { text: name, at } = value;
    value = undefined;
    if (key === 'name' && path.at(-1) === 'signature') functions.add(name);
    if (key !== 'op' || told.has(name)) return;
    told.add(name);
    const rule = ruleOfOperator(name);
    if (rule) tell(rule, `uses ${shown(name)}`, at);
    else if (!isKnownOperator(name)) unknown.set(name, at);
  };
  for (const { index, 0: token } of text.matchAll(TOKEN)) {
    if (token.startsWith('#')) continue;
    if (/^["']./s.test(token)) {
      // Texts that stand one after another are one.
      const part = unescaped(token.slice(1, -1));
      value = { text: (value?.text ?? '') + part, at: value?.at ?? index };
      continue;
    }
    finish();
    if (/^[A-Za-z_]/.test(token)) key = token;
    else if (token === '{' || token === '<') path.push(key);
    else if (token === '}' || token === '>') path.pop();
    else if (token === '"' || token === "'") {
      tell('tf-unreadable', 'has a text without an end', index);
      return;
    }
  }
  finish();
  for (const [name, at] of unknown) {
    if (!functions.has(name))
      tell('tf-custom-operator', `uses ${shown(name)}`, at);
  }
}

function unescaped(text: string) {
  return text.replace(
    /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|([\s\S]))/g,
    (_, octal?: string, hex?: string, other?: string) => {
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      return hex ? String.fromCharCode(Number.parseInt(hex, 16)) : other ?? '';
    },
  );
}
