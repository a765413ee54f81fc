import { styleText } from 'node:util';
import { rules, type Rule } from '../rules';
import type { ArtifactReport } from '../scanArtifact';
import type { FileReport, Finding, Severity, Verdict } from '../types';
import { reportOfWhole } from './json';
import { printable } from './printable';

type Style = Parameters<typeof styleText>[0];

const VERDICTS: Record<Verdict, { mark: string; style: Style }> = {
  clean: { mark: '✓', style: 'green' },
  suspicious: { mark: '!', style: 'yellow' },
  malicious: { mark: '✗', style: 'red' },
  error: { mark: '?', style: 'magenta' },
};

const SEVERITIES: Record<Severity, Style> = {
  info: 'dim',
  low: 'dim',
  medium: 'yellow',
  high: 'red',
  critical: ['red', 'bold'],
};

/** Findings of one rule in one file that are written out. */
const MOST_OF_A_RULE = 10;

type Paint = (style: Style, text: string) => string;

const painter =
  ({ hasColour }: { hasColour?: boolean }): Paint =>
  (style, text) =>
    hasColour ? styleText(style, text, { validateStream: false }) : text;

/**
 * What people read of a file: a line for it, and one for each finding.
 *
 * @public
 */
export function formatFile(
  file: FileReport,
  options: { hasColour?: boolean } = {},
): string {
  const paint = painter(options);
  const { mark, style } = VERDICTS[file.verdict];
  const facts = [
    file.format === 'unknown' ? undefined : file.format,
    file.sizeBytes === undefined ? undefined : formatBytes(file.sizeBytes),
  ].filter(Boolean);
  const lines = [
    `${paint(style, `${mark} ${file.verdict}`)}  ${printable(
      file.address ?? file.path,
    )}${facts.length > 0 ? paint('dim', `  ${facts.join(', ')}`) : ''}`,
  ];
  const counts = new Map<string, number>();
  for (const finding of file.findings) {
    const count = (counts.get(finding.rule) ?? 0) + 1;
    counts.set(finding.rule, count);
    if (count <= MOST_OF_A_RULE) lines.push(formatFinding(finding, paint));
  }
  for (const [rule, count] of counts) {
    if (count > MOST_OF_A_RULE) {
      lines.push(`    … and ${count - MOST_OF_A_RULE} more of ${rule}`);
    }
  }
  return lines.join('\n');
}

/**
 * What people read at the end: counts, and what each rule that was met means.
 *
 * @public
 */
export function formatSummary(
  artifacts: ArtifactReport[],
  options: { hasColour?: boolean } = {},
): string {
  const paint = painter(options);
  const files = artifacts.flatMap(it => it.files);
  const wholes = artifacts.flatMap(it => reportOfWhole(it) ?? []);
  const bytes = artifacts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const count = (verdict: Verdict) =>
    files.filter(it => it.verdict === verdict).length;
  const met = [
    ...new Set(
      [...wholes, ...files].flatMap(it => it.findings.map(of => of.rule)),
    ),
  ];
  const counts = (['malicious', 'suspicious', 'error', 'clean'] as const)
    .filter(verdict => count(verdict) > 0)
    .map(verdict =>
      paint(
        VERDICTS[verdict].style,
        `${count(verdict)} ${
          verdict === 'error' ? 'could not be judged' : verdict
        }`,
      ),
    );
  const leftOut = artifacts.flatMap(it => it.leftOut);
  return [
    ...met.flatMap(id => explain(id, paint)),
    ...(leftOut.length > 0
      ? [`Left out, not scanned: ${leftOut.map(printable).join(', ')}`]
      : []),
    ...(artifacts.some(it => it.isTransient)
      ? ['A failure may pass: try again later.']
      : []),
    `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${formatBytes(
      bytes,
    )}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`,
  ].join('\n');
}

/**
 * A size as people read it.
 *
 * @public
 */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

function formatFinding(
  { rule, severity, location, message }: Finding,
  paint: Paint,
): string {
  const place = location ? `  ${printable(location)}` : '';
  return `    ${paint(
    SEVERITIES[severity],
    severity.padEnd(8),
  )}  ${rule}${place}\n              ${printable(message)}`;
}

function explain(id: string, paint: Paint): string[] {
  const table: Record<string, Rule> = rules;
  const rule = table[id];
  return rule
    ? [paint('bold', `${id}: ${rule.title}`), `  ${rule.explanation}`, '']
    : [];
}
