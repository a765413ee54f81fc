import type {
  OnlineResultReference,
  OnlineStop,
} from '@modelhub/backstage-plugin-models-common';
import {
  EVALUATION_RESULT_TYPE,
  ONLINE_ARMS,
} from '@modelhub/governance-protocol';
import type { ResultStore } from '../evaluations/results/ResultStore';
import { buildResult, MOST_CASES } from './buildResult';
import type { OnlineDeps } from './deps';
import { concerned, endExperiment } from './ends';
import { stopReason } from './figures';
import type { OnlineRecord } from './records';

/** What gateways had on their way when an experiment ended has come by then. */
const LATE_MS = 60_000;

/** Batches are remembered for so long; gateways give up long before. */
const REMEMBERED_MS = 45 * 86_400_000;

/** Ends experiments that have to end, and files what they showed. */
export class OnlineWatch {
  static create(
    deps: OnlineDeps,
    results: Pick<ResultStore, 'file'>,
  ): OnlineWatch {
    return new OnlineWatch(deps, results);
  }

  readonly #deps: OnlineDeps;
  readonly #results: Pick<ResultStore, 'file'>;

  private constructor(deps: OnlineDeps, results: Pick<ResultStore, 'file'>) {
    this.#deps = deps;
    this.#results = results;
  }

  /** Looks at all that run, and at all that are over and not filed. */
  async run(): Promise<void> {
    const { store, clock, samples } = this.#deps;
    await this.look((await store.inState('running')).map(({ id }) => id));
    const now = clock.now().getTime();
    for (const it of await store.unfiled()) {
      if (Date.parse(it.stop?.at ?? '') + LATE_MS <= now) {
        await this.#file(it);
      }
    }
    await samples.prune(new Date(now - REMEMBERED_MS).toISOString());
  }

  /** Looks at these now. */
  async look(ids: string[]): Promise<void> {
    const { store } = this.#deps;
    for (const id of ids) {
      const it = await store.get(id);
      const end = it?.state === 'running' ? await this.#endOf(it) : undefined;
      if (end) await this.end(id, end);
    }
  }

  /** Ends everything that runs, because a gateway that is too old has come. */
  async endAll(gateway: { name: string }): Promise<void> {
    for (const { id } of await this.#deps.store.inState('running')) {
      await this.end(id, {
        kind: 'old-gateway',
        reason: `The gateway ${gateway.name} came back with a version that does not know experiments. Update it, and plan the experiment again.`,
      });
    }
  }

  async end(
    id: string,
    end: { kind: OnlineStop['kind']; reason: string },
  ): Promise<void> {
    const { transactions, outbox, store } = this.#deps;
    const it = await store.get(id);
    if (!it) return;
    const recipients = await concerned(this.#deps, it);
    await transactions.run(tx =>
      endExperiment(this.#deps, tx, id, { ...end, recipients }),
    );
    outbox.wake();
  }

  async #endOf(
    it: OnlineRecord,
  ): Promise<{ kind: OnlineStop['kind']; reason: string } | undefined> {
    const { clock, models, samples, directory, rights } = this.#deps;
    if (clock.now().toISOString() >= (it.endsAt ?? '')) {
      return { kind: 'time', reason: `Its ${it.days} days are over.` };
    }
    const profile = await directory.profile(it.profile);
    const leads = await rights.leadsOf(profile);
    if (it.consent && !leads.includes(it.consent.by)) {
      return {
        kind: 'withdrawn',
        reason:
          'Who consented does not lead the owner of the access profile any more. Whoever does now may plan it again.',
      };
    }
    const refused = await models.refused(it);
    if (refused) return { kind: 'not-allowed', reason: refused };
    return stopReason(it, await samples.sums(it.id));
  }

  async #file(it: OnlineRecord): Promise<void> {
    const { transactions, ledger, outbox, store, samples, clock } = this.#deps;
    const sums = await samples.sums(it.id);
    const now = clock.now();
    const built = await Promise.all(
      ONLINE_ARMS.map(async arm => ({
        arm,
        document: buildResult(it, arm, {
          sums,
          samples: await samples.samples(it.id, arm, MOST_CASES),
          now,
        }),
      })),
    );
    await transactions.run(async tx => {
      const locked = await store.lock(tx, it.id);
      if (!locked || locked.filedAt) return;
      const filed: OnlineResultReference[] = [];
      for (const { arm, document } of built) {
        const model = it[arm];
        const pin = it.pins[arm];
        if (!document || !model || !pin) continue;
        const { entityRef, version: modelVersion } = model;
        const [event] = await ledger.append(tx, [
          {
            actor: { kind: 'system' },
            subject: `online-experiment:${it.id}`,
            type: 'online.filed',
            payload: {
              title: it.title,
              arm,
              modelVersion,
              pin,
              inputDigest: document.inputDigest,
            },
            entityRef,
          },
        ]);
        const id = await this.#results.file(tx, {
          entityRef,
          modelVersion,
          pin,
          predicateType: EVALUATION_RESULT_TYPE,
          document,
          source: 'online',
          submittedBy: it.consent?.by ?? it.createdBy,
          startedBy: it.createdBy,
          submittedAt: now.toISOString(),
          seq: event.seq,
        });
        filed.push({ arm, id, entityRef, modelVersion });
      }
      await store.file(tx, it.id, now.toISOString(), filed);
      await outbox.add(tx, [
        { topic: 'signal', payload: { type: 'online.filed' } },
      ]);
    });
    outbox.wake();
  }
}
