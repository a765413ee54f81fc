import BusinessIcon from '@material-ui/icons/Business';
import GavelIcon from '@material-ui/icons/Gavel';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import PeopleIcon from '@material-ui/icons/People';
import ToysIcon from '@material-ui/icons/Toys';
import type { Tier } from '@modelhub/backstage-plugin-models-common';
import { StatusChip, StatusChipProps } from './StatusChip';

const looks: Record<Tier, StatusChipProps> = {
  sandbox: {
    icon: ToysIcon,
    label: 'Sandbox',
    tone: 'neutral',
    explanation: 'May be tried out, without real data and without users.',
  },
  internal: {
    icon: BusinessIcon,
    label: 'Internal',
    tone: 'info',
    explanation: 'May be used by the people of this organisation.',
  },
  'customer-facing': {
    icon: PeopleIcon,
    label: 'Customer-facing',
    tone: 'good',
    explanation: 'May be used in products that customers see.',
  },
  regulated: {
    icon: GavelIcon,
    label: 'Regulated',
    tone: 'good',
    explanation: 'May be used where a regulator looks on.',
  },
};

/**
 * What a tier is called and what it means.
 *
 * @public
 */
export function tierText(tier: string): { label: string; meaning?: string } {
  const look: StatusChipProps | undefined = looks[tier as Tier];
  return { label: look?.label ?? tier, meaning: look?.explanation };
}

/**
 * Where a model may be used. Tiers that this version does not know are shown
 * by their id.
 *
 * @public
 */
export function TierChip({ tier }: { tier: string }) {
  const look: StatusChipProps | undefined = looks[tier as Tier];
  return <StatusChip {...(look ?? { icon: HelpOutlineIcon, label: tier })} />;
}
