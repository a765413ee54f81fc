import type {
  PolicyProposalDetail,
  Refusal,
} from '@modelhub/backstage-plugin-models-common';
import type { Base } from './base';
import type { Manage } from './deps';
import type { ProposalRecord } from './records';

/** Who asks, as far as it matters to proposals. */
export interface Asker {
  /** Entity ref of a user; undefined for services, which propose nothing. */
  person?: string;
  mayPropose: boolean;
  mayActivate: boolean;
}

export type ProposalCommand =
  PolicyProposalDetail['commands'][number]['command'];

export const isOutdated = (
  proposal: Pick<ProposalRecord, 'state' | 'baseHash'>,
  base: Pick<Base, 'hash'>,
) => proposal.state === 'open' && proposal.baseHash !== base.hash;

const ended: Record<Exclude<ProposalRecord['state'], 'open'>, string> = {
  activated: 'This proposal is in force already. Propose another change.',
  withdrawn: 'This proposal was withdrawn. Propose it anew.',
};

/** What speaks against a command; undefined where nothing does. */
export function refusalOf(
  command: ProposalCommand,
  proposal: ProposalRecord,
  asker: Asker,
  world: { base: Pick<Base, 'hash'>; manage: Manage },
): Refusal | undefined {
  const refuse = (code: string, message: string) => ({ code, message });
  if (!asker.person) {
    return refuse('not-a-person', 'Only people change policies.');
  }
  if (proposal.state !== 'open') {
    return refuse('ended', ended[proposal.state]);
  }
  const mine = proposal.author === asker.person;
  const outdated = isOutdated(proposal, world.base);
  switch (command) {
    case 'edit':
    case 'rebase':
      if (!mine) {
        return refuse(
          'not-author',
          'Only its author changes a proposal. Begin one of your own.',
        );
      }
      if (!asker.mayPropose) return lacking('model.policy.propose');
      if (command === 'rebase' && !outdated) {
        return refuse('up-to-date', 'It starts from what is in force.');
      }
      return undefined;
    case 'withdraw':
      return mine || asker.mayActivate
        ? undefined
        : lacking('model.policy.activate');
    default:
      return againstActivation({ proposal, asker, mine, outdated, world });
  }
}

function againstActivation(options: {
  proposal: ProposalRecord;
  asker: Asker;
  mine: boolean;
  outdated: boolean;
  world: { manage: Manage };
}): Refusal | undefined {
  const { proposal, asker, mine, outdated, world } = options;
  if (world.manage === 'files') {
    return {
      code: 'managed-in-files',
      message:
        'The folder of policies is the truth here. Download the patch, apply it with “git apply” and have it merged; the proposal is activated by itself once the folder holds it.',
    };
  }
  if (mine) {
    return {
      code: 'own-proposal',
      message: 'You proposed this, so somebody else has to activate it.',
    };
  }
  if (!asker.mayActivate) return lacking('model.policy.activate');
  if (proposal.files.length === 0) {
    return { code: 'nothing-changed', message: 'It changes no file yet.' };
  }
  return outdated
    ? {
        code: 'outdated',
        message:
          'Something else is in force than when this was begun. Its author has to put it over what is in force now, and look at it again.',
      }
    : undefined;
}

function lacking(permission: string): Refusal {
  return {
    code: 'not-allowed',
    message: `This needs permission ${permission}. Ask the team that runs the model hub.`,
  };
}

/** Every command with what speaks against it. */
export function commandsOf(
  ...[proposal, asker, world]: [
    ProposalRecord,
    Asker,
    Parameters<typeof refusalOf>[3],
  ]
): PolicyProposalDetail['commands'] {
  const commands: ProposalCommand[] = [
    'edit',
    'rebase',
    'withdraw',
    'activate',
  ];
  return commands.map(command => {
    const refusal = refusalOf(command, proposal, asker, world);
    return {
      command,
      allowed: refusal === undefined,
      ...(refusal && { refusal }),
    };
  });
}
