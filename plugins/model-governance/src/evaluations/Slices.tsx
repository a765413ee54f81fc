import { makeStyles } from '@material-ui/core/styles';
import type {
  MeasuredTarget,
  ModelEvaluationDetail,
} from '@modelhub/backstage-plugin-models-common';
import { ChoiceField } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { TargetsTable } from '../approval/evaluationRun/TargetsTable';
import { caseCountText, sliceText } from '../approval/evaluationRun/words';
import { targetsOf } from './results';

const useStyles = makeStyles(
  theme => ({ choice: { maxWidth: 360, margin: theme.spacing(1, 0) } }),
  { name: 'ModelGovernanceSlices' },
);

/** One figure at a time over the groups that the cases fall into. */
export function Slices({ detail }: { detail: ModelEvaluationDetail }) {
  const classes = useStyles();
  const [chosen, setChosen] = useState<string>();
  const byTitle = bySlicedFigure(detail);
  const titles = [...byTitle.keys()];
  const title =
    chosen !== undefined && byTitle.has(chosen) ? chosen : titles[0];
  const targets = byTitle.get(title);
  if (!targets) return null;
  return (
    <>
      {titles.length > 1 && (
        <div className={classes.choice}>
          <ChoiceField
            id={`slices-${detail.id}`}
            label={`Figure of ${detail.pack.title ?? detail.pack.name}`}
            value={title}
            choices={titles.map(value => ({ value, label: value }))}
            onChange={setChosen}
            fullWidth
          />
        </div>
      )}
      <TargetsTable
        label={`${title} by slice`}
        targets={targets}
        header="Slice"
        title={({ slice = '' }) => sliceText(slice)}
        about={({ samples }) => samples !== undefined && caseCountText(samples)}
      />
    </>
  );
}

/** Figures that have slices, by title; those that the pack asks for first. */
export function bySlicedFigure({
  criteria,
  metrics,
}: Pick<ModelEvaluationDetail, 'criteria' | 'metrics'>): Map<
  string,
  MeasuredTarget[]
> {
  const found = new Map<string, MeasuredTarget[]>();
  for (const target of targetsOf({ criteria, metrics })) {
    if (!target.slice) continue;
    found.set(target.title, [...(found.get(target.title) ?? []), target]);
  }
  const asks = (targets: MeasuredTarget[]) =>
    Number(targets.some(({ target }) => target !== undefined));
  return new Map([...found].sort(([, a], [, b]) => asks(b) - asks(a)));
}
