import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type {
  DataBoundaryEvidence,
  DataBoundaryRow,
  DataBoundarySource,
} from '@modelhub/backstage-plugin-models-common';
import { DataTable } from '@modelhub/backstage-plugin-models-react';
import { dataClasses } from '../../access/DataClassesField';
import { FitChip } from '../evidence/FitChip';

const questions: Record<DataBoundaryRow['question'], string> = {
  region: 'Where it is processed',
  retention: 'How long it is kept',
  training: 'Whether models learn from it',
};

const words: Record<DataBoundarySource['by'], string> = {
  model: "The model's file",
  organisation: 'The organisation',
  provider: "The provider's terms",
};

function Source({ source }: { source?: DataBoundarySource }) {
  if (!source) return <>Nobody</>;
  const { by, url, asOf } = source;
  return (
    <>
      {url ? <Link to={url}>{words[by]}</Link> : words[by]}
      {asOf && (
        <Typography variant="caption" color="textSecondary" component="p">
          read on {new Date(asOf).toLocaleDateString('en-GB')}
        </Typography>
      )}
    </>
  );
}

/** What a purpose asks of its data, what is said, by whom, and whether it fits. */
export function DataBoundaryView({
  evidence,
}: {
  evidence: DataBoundaryEvidence;
}) {
  const { purpose, runBy, provider, rows } = evidence;
  return (
    <>
      <Typography variant="body2">
        For “{purpose}”.{' '}
        {runBy === 'provider'
          ? `The provider ${provider} runs the model: prompts leave the organisation.`
          : 'The organisation runs the model itself.'}
      </Typography>
      <DataTable
        label="Data boundary"
        rows={rows.map((row, index) => ({ ...row, index }))}
        rowKey={({ index }) => String(index)}
        columns={[
          {
            header: 'Data',
            render: row =>
              row.classes.map(one => dataClasses[one]).join(', ') ||
              'None named',
          },
          { header: 'Question', render: row => questions[row.question] },
          { header: 'Asked', render: row => row.asked },
          { header: 'Said', render: row => row.said ?? 'Nothing' },
          {
            header: 'By whom',
            render: row => <Source source={row.source} />,
          },
          {
            header: 'Fits',
            tight: true,
            render: row => <FitChip fits={row.fits} />,
          },
        ]}
      />
    </>
  );
}
