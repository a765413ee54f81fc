import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  modelPolicyActivatePermission,
  modelPolicyProposePermission,
  modelPolicyReadPermission,
  type ChangedPolicyFile,
  type PolicyActivation,
  type PolicyFileSet,
  type PolicyProposal,
  type PolicyProposalDetail,
} from '@modelhub/backstage-plugin-models-common';
import { currentBase } from './base';
import type { Asker } from './commands';
import type { ProposalDeps } from './deps';
import { changesBetween, fileAmong } from './fileSets';
import { pathInRepository, unifiedPatch } from './patch';
import { presentActivation, presentDetail, presentProposal } from './present';
import type { ProposalRecord } from './records';

const PAGE = 25;

/** Proposals, files and history, for those who may read policies. */
export class ProposalReader {
  static create(deps: ProposalDeps): ProposalReader {
    return new ProposalReader(deps);
  }

  readonly #deps: ProposalDeps;

  private constructor(deps: ProposalDeps) {
    this.#deps = deps;
  }

  async files(credentials: BackstageCredentials): Promise<PolicyFileSet> {
    const { guard, files, manage } = this.#deps;
    await guard.demand(credentials, modelPolicyReadPermission);
    const asker = await this.asker(credentials);
    const base = await currentBase(this.#deps);
    return {
      manage,
      folder: pathInRepository(files.path),
      version: base.version,
      hash: base.hash,
      files: base.files.map(({ file, text }) => ({
        name: file,
        content: text,
      })),
      conflicts: base.conflicts.map(conflict => ({ ...conflict })),
      mayPropose: asker.person !== undefined && asker.mayPropose,
      mayActivate: asker.person !== undefined && asker.mayActivate,
    };
  }

  async list(
    credentials: BackstageCredentials,
    query: { cursor?: string; limit?: number },
  ): Promise<{
    items: PolicyProposal[];
    nextCursor?: string;
    totalItems: number;
  }> {
    const { guard, store } = this.#deps;
    await guard.demand(credentials, modelPolicyReadPermission);
    const { limit = PAGE } = query;
    const offset = numberOf(query.cursor) ?? 0;
    const { items, totalItems } = await store.list({ limit, offset });
    const base = await currentBase(this.#deps);
    const next = offset + items.length;
    return {
      items: items.map(item => presentProposal(item, base)),
      totalItems,
      ...(next < totalItems && { nextCursor: String(next) }),
    };
  }

  async get(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<PolicyProposalDetail> {
    const { guard, manage } = this.#deps;
    await guard.demand(credentials, modelPolicyReadPermission);
    const record = await this.record(id);
    const base = await currentBase(this.#deps);
    return presentDetail(record, await this.asker(credentials), {
      base,
      manage,
    });
  }

  async patch(credentials: BackstageCredentials, id: string): Promise<string> {
    const { guard, files } = this.#deps;
    await guard.demand(credentials, modelPolicyReadPermission);
    const record = await this.record(id);
    return unifiedPatch(
      record.files.map(({ name, content }) => ({
        name,
        content,
        before: record.baseFiles.find(one => one.name === name)?.content,
      })),
      pathInRepository(files.path),
    );
  }

  async activations(
    credentials: BackstageCredentials,
    query: { cursor?: string; limit?: number },
  ): Promise<{ items: PolicyActivation[]; nextCursor?: string }> {
    const { guard, activations } = this.#deps;
    await guard.demand(credentials, modelPolicyReadPermission);
    const { limit = PAGE } = query;
    const found = await activations.list({
      limit: limit + 1,
      before: numberOf(query.cursor),
    });
    const items = found.slice(0, limit);
    return {
      items: items.map(presentActivation),
      ...(found.length > limit && { nextCursor: String(items.at(-1)!.id) }),
    };
  }

  async activation(
    credentials: BackstageCredentials,
    id: number,
  ): Promise<{ activation: PolicyActivation; files: ChangedPolicyFile[] }> {
    const { guard, activations } = this.#deps;
    await guard.demand(credentials, modelPolicyReadPermission);
    const activation = await activations.get(id);
    if (!activation) throw noActivation(id);
    const earlier = await activations.before(id);
    const before = earlier ? await activations.sources(earlier) : [];
    const after = await activations.sources(activation);
    return {
      activation: presentActivation(activation),
      files: changesBetween(before, after).map(({ name, content }) => ({
        name,
        before: fileAmong(before, name).content,
        after: content,
      })),
    };
  }

  /** @throws NotFoundError */
  async record(id: string): Promise<ProposalRecord> {
    const record = await this.#deps.store.get(id);
    if (!record) {
      throw new NotFoundError(`There is no proposal '${id}'. See all of them.`);
    }
    return record;
  }

  async asker(credentials: BackstageCredentials): Promise<Asker> {
    const { guard } = this.#deps;
    const principal = guard.principal(credentials);
    const [mayPropose, mayActivate] = await Promise.all([
      guard.may(credentials, modelPolicyProposePermission),
      guard.may(credentials, modelPolicyActivatePermission),
    ]);
    return {
      person: principal.kind === 'user' ? principal.ref : undefined,
      mayPropose,
      mayActivate,
    };
  }
}

export function noActivation(id: number): NotFoundError {
  return new NotFoundError(
    `There is no activation '${id}' of policies. See their history.`,
  );
}

function numberOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (!/^\d{1,9}$/.test(cursor)) {
    throw new InputError('This cursor is none of ours. Begin without one.');
  }
  return Number(cursor);
}
