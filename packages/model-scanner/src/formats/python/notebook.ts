import { ConfigObject, type ConfigValue, type Tell } from '../config/values';
import { judgeScript } from '../text/judgeScript';
import { judgePython } from './judgePython';

/** Judges the code of a notebook; nothing where it is none. */
export function readNotebook(value: ConfigValue, tell: Tell): void {
  if (!(value instanceof ConfigObject)) return;
  const cells = value.get('cells');
  if (!Array.isArray(cells) || !value.has('nbformat')) return;
  tell('python-code', 'is a notebook', 0);
  cells.forEach((cell, i) => {
    if (!(cell instanceof ConfigObject) || cell.get('cell_type') !== 'code') {
      return;
    }
    const source = cell.get('source');
    const lines = Array.isArray(source) ? source : [source];
    const code = lines.filter(line => typeof line === 'string').join('');
    const within: Tell = (rule, message, _, severity) =>
      tell(rule, `cell ${i}: ${message}`, cell.at, severity);
    const commands = code.split('\n').filter(line => /^\s*[!%]/.test(line));
    judgeScript(commands.join('\n'), within);
    judgePython(
      code
        .replace(/^\s*[!%?].*$/gm, 'pass')
        .replace(/^\s*[\w.]+\?+$/gm, 'pass'),
      { name: 'cell' },
      within,
    );
  });
}
