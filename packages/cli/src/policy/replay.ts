import {
  isPolicyFile,
  readPolicyFolder,
  readPolicyTests,
  type PolicySource,
  type ProposedFile,
} from '@modelhub/policies';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { EXIT, UnableError } from '../exitCodes';
import { readText } from '../files';
import { PortalClient, type Replay } from './PortalClient';

export interface ReplayFlags {
  proposed: string;
  as?: string;
  portal: string;
  token?: string;
  days: string;
  json?: boolean;
}

/** `modelhub policy replay`: 0 nothing that lives ends, 1 something does, 2 it cannot be told. */
export async function replayPolicies(flags: ReplayFlags): Promise<number> {
  const token = flags.token ?? process.env.MODELHUB_TOKEN;
  if (!token) {
    throw new UnableError(
      'Say who asks: set MODELHUB_TOKEN to a token for the portal, or give --token',
    );
  }
  const days = Number(flags.days);
  if (!Number.isInteger(days) || days < 1 || days > 90) {
    throw new UnableError(
      `--days '${flags.days}' is not a number from 1 to 90`,
    );
  }
  const client = PortalClient.create({ portal: flags.portal, token });
  const replay = await client.replay(await proposedFiles(client, flags), days);
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(replay, undefined, 2)}\n`
      : `${asText(replay)}\n`,
  );
  return replay.approvals.ends > 0 || replay.calls.wouldBeRefused > 0
    ? EXIT.bad
    : EXIT.ok;
}

async function proposedFiles(
  client: PortalClient,
  { proposed, as }: ReplayFlags,
): Promise<ProposedFile[]> {
  if (!isFolder(proposed)) {
    const name = as ?? basename(proposed);
    if (!isPolicyFile(name)) {
      throw new UnableError(`${name} is no policy; its name ends in .yaml`);
    }
    return [{ name, content: readText(proposed) }];
  }
  const sources = await readFolder(proposed);
  const names = new Set(sources.map(({ file }) => file));
  // What the folder does not have would be gone.
  const gone = (await client.files()).filter(name => !names.has(name));
  return [
    ...sources.map(({ file, text }) => ({ name: file, content: text })),
    ...gone.map(name => ({ name })),
  ];
}

async function readFolder(path: string): Promise<PolicySource[]> {
  const { sources } = await readPolicyFolder(path);
  if (sources.length === 0) throw new UnableError(`${path} holds no policy`);
  return [...sources, ...(await readPolicyTests(path))];
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new UnableError(`Cannot read ${path}: ${(error as Error).message}`);
  }
}

const short = (version: string) => version.slice(0, 'sha256:'.length + 12);

function asText({ approvals, calls, version, baseVersion }: Replay): string {
  const day = (text: string) => text.slice(0, 10);
  const unknown =
    approvals.unknown > 0
      ? `, ${approvals.unknown} of models or purposes that are gone`
      : '';
  const lines = [
    version === baseVersion
      ? 'The proposed policies say what those in force say.'
      : `Proposed ${short(version)} over ${short(baseVersion)} in force.`,
    '',
    `Approvals: ${approvals.looked} live. ${approvals.ends} would end, ${approvals.stricter} get stricter, ${approvals.looser} looser, ${approvals.unchanged} stay${unknown}.`,
    ...table(
      approvals.items.map(item => [
        item.effect,
        `${item.entityRef} ${item.version}`,
        `${item.tier}, ${item.purpose}, ${item.profile}`,
        item.reasons[0]?.message ?? '',
        ...item.reasons.slice(1).map(({ message }) => message),
      ]),
    ),
    '',
    calls.known
      ? `Calls from ${day(calls.from)} to ${day(calls.to)}: ${
          calls.looked
        } passed, ${calls.wouldBeRefused} would be refused.`
      : 'Calls: the portal does not know them (without the usage backend nobody counts).',
    ...table(
      calls.byModel.map(item => [
        String(item.calls),
        item.gatewayId,
        `${item.tier}, ${item.purpose}, ${item.profile}, last on ${day(
          item.lastAt,
        )}`,
        item.reason,
      ]),
    ),
  ];
  return lines.join('\n');
}

/** Three columns, and below each row its reasons. */
function table(rows: string[][]): string[] {
  const widths = [0, 1, 2].map(column =>
    Math.max(0, ...rows.map(row => row[column].length)),
  );
  return rows.flatMap(([first, second, third, ...reasons]) => [
    `  ${[first, second, third]
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd()}`,
    ...reasons
      .filter(reason => reason !== '')
      .map(reason => `      ${reason.replace(/\s+/g, ' ')}`),
  ]);
}
