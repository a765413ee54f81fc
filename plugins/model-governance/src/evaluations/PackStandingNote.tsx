import UpdateIcon from '@material-ui/icons/Update';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import UndoIcon from '@material-ui/icons/Undo';
import type { ModelEvaluation } from '@modelhub/backstage-plugin-models-common';
import { StatusChip } from '@modelhub/backstage-plugin-models-react';

/** What stands between a result and counting now; nothing where it counts. */
export function PackStandingNote({ result }: { result: ModelEvaluation }) {
  const { pack, isWithdrawn, partial } = result;
  return (
    <>
      {isWithdrawn && (
        <StatusChip icon={UndoIcon} label="Withdrawn" tone="caution" />
      )}
      {partial && (
        <StatusChip
          icon={ReportProblemOutlinedIcon}
          label="Stopped early"
          tone="caution"
          explanation="The run was ended before it was through"
        />
      )}
      {pack.standing === 'outdated' && (
        <StatusChip
          icon={UpdateIcon}
          label={`Older pack${pack.version ? ` ${pack.version}` : ''}`}
          tone="caution"
          explanation={`The catalog has ${
            pack.currentVersion ?? 'another version'
          } now; run that one`}
        />
      )}
      {pack.standing === 'other-content' && (
        <StatusChip
          icon={ReportProblemOutlinedIcon}
          label="Other content"
          tone="caution"
          explanation="The pack that was run has the version of the one in the catalog, and other cases or scorers"
        />
      )}
    </>
  );
}
