import { reportHtml, reportMarkdown, type ReportInput } from '@modelhub/evals';
import fs from 'node:fs';
import { EXIT, UnableError } from '../exitCodes';
import { loadPack } from './loadPack';
import { readResult } from './readResult';

export interface ReportFlags {
  incumbent?: string[];
  pack?: string[];
  html?: string;
  markdown?: string;
  title?: string;
  margin: number;
  confidence: number;
}

function write(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new UnableError(`Cannot write ${file}: ${(error as Error).message}`);
  }
  process.stderr.write(`Wrote ${file}\n`);
}

/** `modelhub evaluate report`: without a file to write, Markdown on the standard output. */
export async function evaluateReport(
  files: string[],
  { html, incumbent = [], markdown, pack = [], ...others }: ReportFlags,
): Promise<number> {
  const results = files.map(readResult);
  const packs = await Promise.all(pack.map(loadPack));
  packs.forEach((it, index) => {
    if (results.some(result => result.pack.digest === it.digest)) return;
    throw new UnableError(
      `None of the results is of the pack in ${pack[index]} as it is now (${it.name} ${it.version}, ${it.digest}). Run it again, or take the version that was run.`,
    );
  });
  const input: ReportInput = {
    ...others,
    results,
    incumbents: incumbent.map(readResult),
    packs,
  };
  if (html !== undefined) write(html, reportHtml(input));
  if (markdown !== undefined) write(markdown, reportMarkdown(input));
  if (html === undefined && markdown === undefined) {
    process.stdout.write(reportMarkdown(input));
  }
  return EXIT.ok;
}
