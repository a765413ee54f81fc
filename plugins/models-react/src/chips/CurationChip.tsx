import GroupWorkIcon from '@material-ui/icons/GroupWork';
import LayersIcon from '@material-ui/icons/Layers';
import VerifiedUserIcon from '@material-ui/icons/VerifiedUser';
import type { ModelCuration } from '@modelhub/backstage-plugin-models-common';
import { StatusChip, StatusChipProps } from './StatusChip';

const looks: Record<ModelCuration, StatusChipProps> = {
  official: {
    icon: VerifiedUserIcon,
    label: 'Official',
    tone: 'good',
    explanation:
      'The organisation stands behind it; governance confirmed that.',
  },
  community: {
    icon: GroupWorkIcon,
    label: 'Community',
    explanation: 'A team of this organisation keeps it.',
  },
  base: {
    icon: LayersIcon,
    label: 'Base model',
    explanation: 'As its maker publishes it.',
  },
};

/**
 * What a curation is called.
 *
 * @public
 */
export function curationText(curation: string): string {
  const look: StatusChipProps | undefined = looks[curation as ModelCuration];
  return look?.label ?? curation;
}

/**
 * Who stands behind a model. Give `official` only when governance confirms it.
 *
 * @public
 */
export function CurationChip({ curation }: { curation: ModelCuration }) {
  return <StatusChip {...looks[curation]} />;
}
