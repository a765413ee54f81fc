import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  DataProvenanceEvidence,
  DataProvenanceRow,
  PersonalData,
} from '@modelhub/backstage-plugin-models-common';
import { DataTable, ModelLink } from '@modelhub/backstage-plugin-models-react';
import { FitChip } from '../evidence/FitChip';

const useStyles = makeStyles(
  theme => ({
    list: { margin: theme.spacing(0, 0, 1), paddingLeft: theme.spacing(2.5) },
    problems: { margin: 0, paddingLeft: theme.spacing(2) },
  }),
  { name: 'ModelGovernanceDataProvenance' },
);

const people: Record<PersonalData, string> = {
  none: 'None',
  pseudonymised: 'Masked or replaced',
  personal: 'Personal data',
  'special-category': 'Special categories',
};

const commerce = {
  yes: 'commercial',
  conditional: 'conditions',
  no: 'not commercial',
};

function licenceText({ licence, commercialUse }: DataProvenanceRow): string {
  if (licence?.toLowerCase() === 'own') return 'Our own data';
  const use = commercialUse && commerce[commercialUse];
  if (!licence) return use ? `Not said (${use})` : 'Not said';
  return use ? `${licence} (${use})` : licence;
}

/** What a model and everything it was made from was trained on. */
export function DataProvenanceView({
  evidence,
}: {
  evidence: DataProvenanceEvidence;
}) {
  const classes = useStyles();
  const { models, rows } = evidence;
  const titles = new Map(models.map(({ ref, title }) => [ref, title]));
  return (
    <>
      <ul className={classes.list} aria-label="Lineage">
        {models.map(({ ref, title, known, datasets }, index) => (
          <li key={ref}>
            <Typography variant="body2" component="span">
              {index > 0 && 'made from '}
              <ModelLink entityRef={ref} title={title} />:{' '}
              {known ? datasetsText(datasets) : 'not in the catalog'}
            </Typography>
          </li>
        ))}
      </ul>
      {rows.length > 0 && (
        <DataTable
          label="Datasets"
          rows={rows}
          rowKey={({ dataset }) => dataset}
          columns={[
            {
              header: 'Dataset',
              render: row =>
                row.known ? (
                  <EntityRefLink entityRef={row.dataset} title={row.title} />
                ) : (
                  <code>{row.dataset}</code>
                ),
            },
            {
              header: 'Trained',
              render: row => titles.get(row.model) ?? row.model,
            },
            { header: 'Licence', render: licenceText },
            {
              header: 'People in it',
              render: ({ personalData, legalBasis }) => (
                <>
                  {personalData ? people[personalData] : 'Not said'}
                  {legalBasis && (
                    <Typography
                      variant="caption"
                      color="textSecondary"
                      component="p"
                    >
                      {legalBasis}
                    </Typography>
                  )}
                </>
              ),
            },
            {
              header: 'Fits',
              render: ({ fits, problems }) => (
                <>
                  <FitChip fits={fits} />
                  {problems.length > 0 && (
                    <ul className={classes.problems}>
                      {problems.map(problem => (
                        <li key={problem}>{problem}</li>
                      ))}
                    </ul>
                  )}
                </>
              ),
            },
          ]}
        />
      )}
    </>
  );
}

function datasetsText(count: number): string {
  if (count === 0) return 'names no data';
  return count === 1 ? '1 dataset' : `${count} datasets`;
}
