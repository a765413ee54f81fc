import type {
  PolicyActivation,
  PolicyProposal,
  PolicyProposalDetail,
} from '@modelhub/backstage-plugin-models-common';
import type { Base } from './base';
import { commandsOf, isOutdated, type Asker } from './commands';
import type { Manage } from './deps';
import type { ActivationRecord, ProposalRecord } from './records';

export function presentProposal(
  record: ProposalRecord,
  base: Pick<Base, 'hash'>,
): PolicyProposal {
  const { files, baseFiles: _base, baseHash: _hash, ...rest } = record;
  return {
    ...rest,
    state: isOutdated(record, base) ? 'outdated' : record.state,
    files: files.map(({ name }) => name),
  };
}

export function presentDetail(
  record: ProposalRecord,
  asker: Asker,
  world: { base: Base; manage: Manage },
): PolicyProposalDetail {
  return {
    proposal: presentProposal(record, world.base),
    changes: record.files.map(({ name, content }) => ({
      name,
      before: record.baseFiles.find(one => one.name === name)?.content,
      after: content,
    })),
    commands: commandsOf(record, asker, world),
  };
}

export function presentActivation({
  files: _files,
  ...rest
}: ActivationRecord): PolicyActivation {
  return rest;
}
