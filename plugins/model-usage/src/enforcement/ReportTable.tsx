import type { UncoveredUse } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  RelativeTime,
} from '@modelhub/backstage-plugin-models-react';
import Typography from '@material-ui/core/Typography';
import { KindText, SubjectName } from '../budgets/SubjectName';
import { countText } from '../lib/money';
import { useModels } from '../lib/useModels';
import type { Names } from '../lib/useNames';
import { ModelName } from '../shared/ModelName';
import { reasonText } from './words';

/** Calls that enforcing would refuse: model by model, caller by caller, reason by reason. */
export function ReportTable(props: {
  label: string;
  items: UncoveredUse[];
  names: Names | undefined;
}) {
  const { label, items, names } = props;
  const modelOf = useModels(items.map(({ model }) => model));
  const columns: Column<UncoveredUse>[] = [
    {
      header: 'Model',
      render: ({ model }) => <ModelName id={model} known={modelOf(model)} />,
    },
    { header: 'Reason', render: ({ code }) => reasonText(code) },
    {
      header: 'Caller',
      render: ({ keyId }) => (
        <>
          <SubjectName kind="key" subject={keyId} names={names} />
          <Typography variant="caption" component="div">
            <KindText kind="key" subject={keyId} names={names} />
          </Typography>
        </>
      ),
    },
    { header: 'Calls', numeric: true, render: ({ calls }) => countText(calls) },
    {
      header: 'First',
      tight: true,
      render: ({ firstAt }) => <RelativeTime at={firstAt} />,
    },
    {
      header: 'Last',
      tight: true,
      render: ({ lastAt }) => <RelativeTime at={lastAt} />,
    },
  ];
  return (
    <DataTable
      label={label}
      rows={items}
      rowKey={({ profile, model, keyId, code }) =>
        `${profile} ${model} ${keyId} ${code}`
      }
      columns={columns}
    />
  );
}
