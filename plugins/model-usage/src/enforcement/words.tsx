import type { AccessProfile } from '@modelhub/backstage-plugin-models-common';
import BlockIcon from '@material-ui/icons/Block';
import VisibilityIcon from '@material-ui/icons/Visibility';
import WarningIcon from '@material-ui/icons/Warning';
import { StatusChip } from '@modelhub/backstage-plugin-models-react';

export type Enforcement = AccessProfile['enforcement'];

export const enforcements: Record<
  Enforcement,
  { label: string; effect: string }
> = {
  observe: {
    label: 'Observe',
    effect: 'Every call passes. What is not approved is only recorded.',
  },
  warn: {
    label: 'Warn',
    effect:
      'Every call passes, with a warning in the answer when the model is not approved.',
  },
  enforce: {
    label: 'Enforce',
    effect: 'What is not approved is refused with 403.',
  },
};

/** The mode of a profile as icon and word. */
export function EnforcementChip({ mode }: { mode: Enforcement }) {
  return {
    observe: (
      <StatusChip
        icon={VisibilityIcon}
        label="Observe"
        tone="caution"
        explanation={enforcements.observe.effect}
      />
    ),
    warn: (
      <StatusChip
        icon={WarningIcon}
        label="Warn"
        tone="caution"
        explanation={enforcements.warn.effect}
      />
    ),
    enforce: (
      <StatusChip
        icon={BlockIcon}
        label="Enforce"
        tone="good"
        explanation={enforcements.enforce.effect}
      />
    ),
  }[mode];
}

const reasons: Record<string, string> = {
  'unknown-model': 'The hub does not know this model',
  retired: 'The model is retired',
  'not-approved': 'Not approved for the profile and purpose',
  'version-not-approved': 'This version is not approved',
  'tier-not-covered': "Approved for a tier below the key's",
  expired: 'The approval has expired',
  'region-not-allowed': 'The provider works in a region that is not allowed',
  'retention-too-long': 'The provider keeps prompts for too long',
  'endpoint-not-ready': 'The evaluation endpoint of the key was not ready',
  'endpoint-other-model':
    'The key is for the model of its evaluation endpoint only',
};

/** Why a call would be refused. */
export function reasonText(code: string): string {
  return reasons[code] ?? code;
}

/** How far back one may look. */
export const DAYS = [1, 7, 30, 90];

export function daysText(days: number): string {
  return days === 1 ? 'today' : `the last ${days} days`;
}

/** Days from the address, or what is usual. */
export function daysOf(text: string | undefined): number {
  const days = Number(text);
  return DAYS.includes(days) ? days : 30;
}
