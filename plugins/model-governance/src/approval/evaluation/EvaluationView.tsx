import Typography from '@material-ui/core/Typography';
import type { EvaluationEvidence } from '@modelhub/backstage-plugin-models-common';
import { daysText } from '../../lib/words';
import { PackView } from './PackView';

/** How old a result may be. */
export const ResultsCountFor = ({ days }: { days: number }) => (
  <Typography variant="body2" color="textSecondary">
    Results count for {daysText(days)}, and for the version of the pack that is
    in the catalog now.
  </Typography>
);

/** Packs that are asked for, with what was measured. */
export function EvaluationView({ evidence }: { evidence: EvaluationEvidence }) {
  return (
    <>
      {evidence.packs.map(standing => (
        <PackView key={standing.pack.entityRef} standing={standing} />
      ))}
      <ResultsCountFor days={evidence.maxAgeDays} />
    </>
  );
}
