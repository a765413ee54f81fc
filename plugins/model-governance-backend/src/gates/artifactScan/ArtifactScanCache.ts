import { canonicalJson, sha256Hex } from '@modelhub/governance-protocol';
import type {
  Clock,
  GateFile,
  Transactions,
} from '@modelhub/backstage-plugin-models-node';
import type { ScanResult } from './ScanResult';
import { clean } from './summarise';

/** Which bytes were scanned by which rules. */
export interface ScanKey {
  /** `sha256:…`. */
  digest: string;
  /** Part of the answer: some formats are told by their name, and a name can lie. */
  name: string;
  scanner: string;
}

const idOf = ({ digest, name, scanner }: ScanKey) =>
  sha256Hex(canonicalJson([digest, clean(name, 4000), scanner]));

/** A result with the day from which it is. */
export interface CachedScan {
  result: ScanResult;
  /** ISO 8601. */
  scannedAt: string;
}

/** A document without its text, which lies beside all others of gates. */
type DocumentReference = Omit<GateFile, 'text'> & { sha256: string };

/** What was found in bytes that are known by their digest, whoever asked first. */
export class ArtifactScanCache {
  static create(options: {
    transactions: Transactions;
    clock: Clock;
  }): ArtifactScanCache {
    return new ArtifactScanCache(options.transactions, options.clock);
  }

  readonly #transactions: Transactions;
  readonly #clock: Clock;

  private constructor(transactions: Transactions, clock: Clock) {
    this.#transactions = transactions;
    this.#clock = clock;
  }

  async get(key: ScanKey): Promise<CachedScan | undefined> {
    const { knex } = this.#transactions;
    const row: { result: string; scanned_at: number | string } | undefined =
      await knex('gate_artifact_scans')
        .where({ key: idOf(key) })
        .first();
    if (!row) return undefined;
    const { documents, ...rest } = JSON.parse(row.result) as Omit<
      ScanResult,
      'documents'
    > & { documents: DocumentReference[] };
    const texts: Array<{ sha256: string; content: string }> = await knex(
      'gate_files',
    ).whereIn(
      'sha256',
      documents.map(({ sha256 }) => sha256),
    );
    const textOf = new Map(texts.map(it => [it.sha256, it.content]));
    return {
      result: {
        ...rest,
        documents: documents.map(({ sha256, ...document }) => ({
          ...document,
          text: textOf.get(sha256) ?? '',
        })),
      },
      scannedAt: new Date(Number(row.scanned_at)).toISOString(),
    };
  }

  /** Keeps a result; of two for the same bytes the first stays. */
  async put(key: ScanKey, uri: string, result: ScanResult): Promise<void> {
    const at = this.#clock.now().getTime();
    const documents = result.documents.map(({ text, ...document }) => ({
      ...document,
      sha256: sha256Hex(text),
    }));
    await this.#transactions.run(async tx => {
      for (const [index, { sha256 }] of documents.entries()) {
        await tx('gate_files')
          .insert({ sha256, content: result.documents[index].text, at })
          .onConflict('sha256')
          .ignore();
      }
      await tx('gate_artifact_scans')
        .insert({
          key: idOf(key),
          digest: key.digest,
          name: clean(key.name, 1000),
          scanner: key.scanner,
          scanned_at: at,
          uri: clean(uri, 2000),
          result: JSON.stringify({ ...result, documents }),
        })
        .onConflict('key')
        .ignore();
    });
  }
}
