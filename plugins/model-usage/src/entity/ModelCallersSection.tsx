import type {
  CallerKind,
  InsightShare,
  ModelCallers,
} from '@modelhub/backstage-plugin-models-common';
import {
  BarsFigure,
  ChoiceField,
  countUnit,
  EmptyHint,
  Loaded,
  Pager,
  percentText,
  Person,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import type { Range } from '../insights/range';
import { costsText, manyText } from '../insights/words';
import { useNames } from '../lib/useNames';
import { useUsage } from '../lib/useUsage';
import { callerKinds, callerText } from './callerKinds';

const ROWS_SHOWN = 10;
const calls = countUnit('call', 'calls');

const isRef = (name: string) => name.includes(':');

/** What those are called whose names one does not see. */
export function othersText(callers: ModelCallers): string | undefined {
  const { others, by } = callers;
  if (!others || others.count === 0) return undefined;
  const { one, many } = callerKinds[by];
  return `${manyText(
    others.count,
    `other ${one.toLowerCase()}`,
    `other ${many.toLowerCase()}`,
  )}`;
}

/** Teams, components or profiles that call a model most. */
export function ModelCallersSection(props: {
  model: string;
  version: string | undefined;
  range: Range;
}) {
  const { model, version, range } = props;
  const [by, setBy] = useState<CallerKind>('team');
  const { from, to } = range;
  const key = `callers ${model} ${version} ${from} ${to} ${by}`;
  const pages = usePages(key);
  const names = useNames().value;
  const query = useUsage(`${key} ${pages.cursor}`, (api, signal) =>
    api.listModelCallers(
      { model, version, from, to, by, cursor: pages.cursor, limit: ROWS_SHOWN },
      { signal },
    ),
  );
  return (
    <Section
      title="Top consumers"
      actions={
        <ChoiceField
          id="model-callers-by"
          label="By"
          value={by}
          choices={Object.entries(callerKinds).map(([value, { one }]) => ({
            value,
            label: one,
          }))}
          onChange={value => setBy(value as CallerKind)}
        />
      }
    >
      <Loaded
        query={query}
        room="model-usage"
        failure="The consumers could not be loaded"
      >
        {callers => {
          const others = othersText(callers);
          const rows: Array<InsightShare & { label: string }> = [
            ...callers.items.map(item => ({
              ...item,
              label: callerText(by, item.name, names),
            })),
            ...(others && callers.others
              ? [{ ...callers.others, name: 'others', label: others }]
              : []),
          ];
          const rowOf = new Map(rows.map(row => [row.name, row]));
          return (
            <>
              <BarsFigure
                id="model-callers"
                title={`Calls by ${callerKinds[by].one.toLowerCase()}`}
                of={callerKinds[by].one}
                measure="Calls"
                unit={calls}
                bars={rows.map(({ name, label, sums }) => ({
                  id: name,
                  label,
                  value: sums.calls,
                }))}
                renderLabel={({ id, label }) =>
                  isRef(id) ? <Person entityRef={id} /> : label
                }
                columns={[
                  {
                    header: 'Share',
                    numeric: true,
                    render: ({ id }) => percentText(rowOf.get(id)?.share ?? 0),
                  },
                  {
                    header: 'Cost',
                    numeric: true,
                    render: ({ id }) =>
                      costsText(rowOf.get(id)?.sums.costs ?? []),
                  },
                ]}
                empty={<EmptyHint title="Nobody called it in this time" />}
              />
              {callers.sees === 'own' && others && (
                <Typography variant="body2">
                  You see names of your own teams. Owners of the model and those
                  who manage gateways or budgets see all.
                </Typography>
              )}
              <Pager pages={pages} nextCursor={callers.nextCursor} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
