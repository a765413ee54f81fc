import { MemorySource } from '../../source';
import { judgeJinja } from '../../text/jinja';
import { bytesOf, isKerasObject, judgeKerasObject } from '../keras/judgeKeras';
import { judgeObject } from './judgeConfig';
import { objectsIn, type ConfigValue, type Tell } from './values';

const HAS_JINJA = /\{[{%#]/;
const NAMES_TEMPLATE = /template|prompt/i;

/**
 * Judges everything that a configuration says; returns what it carries that is a
 * file of its own.
 */
export function judgeValues(values: ConfigValue[], tell: Tell): MemorySource[] {
  const parts: MemorySource[] = [];
  for (const value of values) {
    for (const { object, path } of objectsIn(value)) {
      judgeObject(object, path, tell);
      if (isKerasObject(object)) {
        judgeKerasObject(object, path, tell);
        for (const bytes of bytesOf(object)) {
          parts.push(new MemorySource(`bytes@${object.at}.bin`, bytes));
        }
      }
      for (const [key, inner] of object) {
        const where = path ? `${path}.${key}` : key;
        if (NAMES_TEMPLATE.test(key)) {
          judgeTemplates(inner, where, object.at, tell);
        }
      }
    }
  }
  return parts;
}

/** One template, or a list or object of them by name. */
function judgeTemplates(
  value: ConfigValue,
  where: string,
  at: number,
  tell: Tell,
): void {
  const all = typeof value === 'object' ? [...value.values()] : [value];
  const texts = all.filter(it => typeof it === 'string');
  for (const text of texts) {
    if (!HAS_JINJA.test(text)) continue;
    for (const { rule, message } of judgeJinja(text)) {
      tell(rule, `${where}: ${message}`, at);
    }
  }
}
