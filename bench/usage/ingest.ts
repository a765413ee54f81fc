import type { LoggerService } from '@backstage/backend-plugin-api';
import type { UsageRecord } from '@modelhub/governance-protocol';
import { DriftWriter } from '../../plugins/model-usage-backend/src/drift/DriftWriter';
import { randomUUID } from 'node:crypto';
import { IngestService } from '../../plugins/model-usage-backend/src/ingest';
import {
  DEFAULT_RETENTION,
  RollupWriter,
} from '../../plugins/model-usage-backend/src/rollups';
import { openDatabase, type BenchDatabase } from './databases';
import { createPeerTables, groupBy, inBulk, rowByRow } from './peers';
import { recordsBefore } from './records';

const NOW = new Date('2026-07-01T12:00:00Z');

/** Most records of a batch that a gateway sends. */
const BATCH = 1_000;

const complain = (words: string) => process.stderr.write(`${words}\n`);

const logger: LoggerService = {
  error: complain,
  warn: complain,
  info: () => {},
  debug: () => {},
  child: () => logger,
};

export interface IngestFigure {
  name: string;
  records: number;
  seconds: number;
  /** Of this process: on SQLite all there is, on PostgreSQL without the server's. */
  nodeSeconds: number;
  /** Of PostgreSQL's processes for these connections. */
  serverSeconds: number;
}

async function timed(
  { serverSeconds }: BenchDatabase,
  name: string,
  records: number,
  work: () => Promise<void>,
): Promise<IngestFigure> {
  const serverBefore = await serverSeconds();
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - started) / 1_000;
  return {
    name,
    records,
    seconds,
    nodeSeconds: (user + system) / 1e6,
    serverSeconds: (await serverSeconds()) - serverBefore,
  };
}

function* batches(records: UsageRecord[]) {
  for (let start = 0; start < records.length; start += BATCH) {
    yield records.slice(start, start + BATCH);
  }
}

/** Batches as they come over the wire, taken by so many connections at a time. */
async function send(
  ingest: IngestService,
  bodies: string[],
  connections: number,
): Promise<void> {
  const waiting = bodies.values();
  const connection = async () => {
    for (const body of waiting) await ingest.take('bench', JSON.parse(body));
  };
  await Promise.all(Array.from({ length: connections }, connection));
}

/** The whole way of batches, and what others do, side by side on one database each. */
export async function measureIngest(
  url: string | undefined,
  count: number,
): Promise<IngestFigure[]> {
  const records = recordsBefore(NOW, count);
  const bodies = [...batches(records)].map(it =>
    JSON.stringify({ batchId: randomUUID(), records: it }),
  );
  const figures: IngestFigure[] = [];
  const warmUp = Math.ceil(bodies.length / 4);
  for (const connections of [20, 1]) {
    const database = await openDatabase(url);
    const { knex } = database;
    const clock = { now: () => NOW };
    const ingest = IngestService.create({
      knex,
      clock,
      logger,
      retentionDays: 90,
      writers: [DriftWriter.create()],
      rollups: RollupWriter.create({
        knex,
        clock,
        retention: DEFAULT_RETENTION,
      }),
      onTaken: () => {},
    });
    await send(ingest, bodies.slice(0, warmUp), connections);
    await ingest.settle();
    const rest = bodies.slice(warmUp);
    figures.push(
      await timed(
        database,
        `batches of ${BATCH} over ${connections} connections`,
        rest.length * BATCH,
        async () => {
          await send(ingest, rest, connections);
          await ingest.settle();
        },
      ),
    );
    // What comes again is answered, and counted nowhere.
    await send(ingest, bodies, connections);
    await ingest.settle();
    const [{ calls }] = await knex('usage_months').sum({ calls: 'calls' });
    if (Number(calls) !== count) {
      throw new Error(`${count} records became ${calls} calls`);
    }
    await database.drop();
  }
  const peers = await openDatabase(url);
  await createPeerTables(peers.knex);
  const few = records.slice(0, 2_000);
  figures.push(
    await timed(peers, 'row by row', few.length, () =>
      rowByRow(peers.knex, few),
    ),
  );
  await peers.knex('peer_calls').delete();
  await peers.knex('peer_days').delete();
  figures.push(
    await timed(peers, 'rows in bulk, then one GROUP BY', count, async () => {
      for (const some of batches(records)) await inBulk(peers.knex, some);
      await groupBy(peers.knex);
    }),
  );
  await peers.drop();
  return figures;
}
