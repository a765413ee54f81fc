import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { HardwareFitEvidence } from '@modelhub/backstage-plugin-models-common';
import { DataTable, Facts } from '@modelhub/backstage-plugin-models-react';
import { type Shade, StackedBar, Swatch } from '../evidence/StackedBar';
import {
  capacityOf,
  countText,
  formatText,
  gibText,
  partWords,
  pictureText,
} from './words';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(1) },
    heading: { margin: theme.spacing(2, 0, 0.5) },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'ModelGovernanceHardwareFit' },
);

/** The memory that a version needs, with its parts, against its GPUs. */
export function HardwareFitView({
  evidence,
}: {
  evidence: HardwareFitEvidence;
}) {
  const classes = useStyles();
  const { parts, gpus, gpuCount = 1, assumptions } = evidence;
  const capacity = capacityOf(evidence);
  const rows = parts.map((part, index) => ({ ...part, shade: index as Shade }));
  return (
    <div className={classes.root}>
      {rows.length > 0 && (
        <>
          <StackedBar
            label={pictureText(evidence)}
            parts={rows
              .filter(({ gib }) => gib > 0)
              .map(({ id, gib, shade }) => ({ id, value: gib, shade }))}
            mark={
              capacity === undefined
                ? undefined
                : { value: capacity, label: `${gibText(capacity)} can be used` }
            }
          />
          <DataTable
            label="Parts of the memory"
            rows={rows}
            rowKey={({ id }) => id}
            columns={[
              {
                header: 'Part',
                tight: true,
                render: ({ id, shade }) => (
                  <>
                    <Swatch shade={shade} />
                    {partWords[id].title}
                  </>
                ),
              },
              {
                header: 'Memory',
                tight: true,
                numeric: true,
                render: ({ gib, isUnknown }) =>
                  isUnknown ? 'not known' : gibText(gib),
              },
              { header: 'What it is', render: ({ id }) => partWords[id].about },
            ]}
          />
        </>
      )}
      <Typography
        variant="subtitle2"
        component="h4"
        className={classes.heading}
      >
        What was judged
      </Typography>
      <Facts
        items={[
          [
            'Needed',
            evidence.totalGiB !== undefined &&
              `${gibText(evidence.totalGiB)}${
                gpuCount > 1
                  ? `, ${gibText(evidence.neededGiBPerGpu ?? 0)} on each GPU`
                  : ''
              }`,
          ],
          [
            'Runs on',
            gpus &&
              `${gpus}, ${
                evidence.gpusFrom === 'policy'
                  ? 'which the policy offers'
                  : 'as the card says'
              }`,
          ],
          ['Weights', formatText(evidence)],
          [
            'Requests',
            `${countText(evidence.sequences)} at once, of ${countText(
              evidence.contextTokens,
            )} tokens each`,
          ],
          [
            'At most',
            evidence.mostSequences !== undefined &&
              `${countText(evidence.mostSequences)} such requests at once`,
          ],
          [
            'Expected peak',
            evidence.peakConcurrent !== undefined &&
              `${countText(evidence.peakConcurrent)} requests at once${
                evidence.replicasForPeak
                  ? `, which take ${countText(evidence.replicasForPeak)} ${
                      evidence.replicasForPeak === 1 ? 'replica' : 'replicas'
                    }`
                  : ''
              }`,
          ],
          [
            'Would fit',
            evidence.verdict === 'does-not-fit' &&
              evidence.gpusNeeded !== undefined &&
              gpus?.replace(/^\d+x/, `${evidence.gpusNeeded}x`),
          ],
          [
            'The card says',
            evidence.declaredGiB !== undefined && gibText(evidence.declaredGiB),
          ],
        ]}
      />
      {assumptions.length > 0 && (
        <>
          <Typography
            variant="subtitle2"
            component="h4"
            className={classes.heading}
          >
            Taken as usual
          </Typography>
          <ul className={classes.list} aria-label="Taken as usual">
            {assumptions.map(text => (
              <li key={text}>
                <Typography variant="body2">{text}</Typography>
              </li>
            ))}
          </ul>
        </>
      )}
      <Typography variant="caption" color="textSecondary" component="p">
        An estimate from what the card says; nothing was measured.
      </Typography>
    </div>
  );
}
