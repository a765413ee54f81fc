import { Judge, type TemplateReport, type TemplateRule } from './Judge';
import { readTemplate, TemplateError } from './lexer';
import { Origins } from './Origins';
import { judgeText } from './output';
import { namesMember } from './vocabulary';

/** Longer ones are no templates. */
const LONGEST = 256 * 1024;
const MOST_FINDINGS = 100;

/** Something in a template that a person should know. */
export interface TemplateFinding {
  rule: TemplateRule;
  /** Begins with the line. */
  message: string;
  /** In characters of the template. */
  at: number;
}

/**
 * Judges a Jinja chat template by default deny: of functions, filters, methods
 * and statements only those that templates of models need are let through, and
 * none that reaches for Python's own attributes. Renders nothing.
 */
export function judgeJinja(template: string): TemplateFinding[] {
  const findings = new Map<string, TemplateFinding>();
  const report: TemplateReport = (rule, at, what) => {
    if (findings.size >= MOST_FINDINGS) return;
    const line = template.slice(0, at).split('\n').length;
    const message = `line ${line}: ${what}`;
    findings.set(`${rule} ${message}`, { rule, message, at });
  };
  if (template.length > LONGEST) {
    report('template-unreadable', 0, `is longer than ${LONGEST} characters`);
    return [...findings.values()];
  }
  try {
    const { sections, texts } = readTemplate(template);
    const judge = new Judge(Origins.of(sections), report);
    for (const section of sections) judge.section(section);
    for (const { value, at } of texts) judgeText(value, at, report);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    report('template-unreadable', error.at, error.message);
    // What a stricter lexer refuses another may render.
    if (namesMember(template)) {
      report('template-dangerous-name', error.at, 'names a member of Python');
    }
  }
  return [...findings.values()];
}
