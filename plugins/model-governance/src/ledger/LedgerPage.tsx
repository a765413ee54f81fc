import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  ChoiceField,
  EmptyHint,
  Pager,
  Section,
  usePages,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { FormEvent, useState } from 'react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { EventList } from './EventList';
import { ExportButton } from './ExportButton';
import { VerifyButton } from './VerifyButton';

const useStyles = makeStyles(
  theme => ({
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(2),
      alignItems: 'center',
      marginBottom: theme.spacing(2),
    },
  }),
  { name: 'ModelGovernanceLedger' },
);

const names = ['model', 'type', 'order'] as const;

/** Every governance event, readable, filterable and verifiable. */
export function LedgerPage() {
  const classes = useStyles();
  const [filters, setFilters] = useUrlFilters(names);
  const [model, setModel] = useState(filters.model ?? '');
  const [type, setType] = useState(filters.type ?? '');
  const order = filters.order === 'oldest' ? 'oldest' : 'newest';
  const key = JSON.stringify({ ...filters, order });
  const pages = usePages(key);
  const query = useLive(`ledger:${key}:${pages.cursor ?? ''}`, (api, signal) =>
    api.listLedger(
      {
        entityRef: filters.model,
        type: filters.type,
        order,
        cursor: pages.cursor,
        limit: 50,
      },
      { signal },
    ),
  );
  const apply = (event: FormEvent) => {
    event.preventDefault();
    setFilters({ model: model.trim(), type: type.trim() });
  };

  return (
    <Section
      title="Ledger"
      description="Append-only and hash-chained: what was decided, by whom and when."
      actions={<ExportButton entityRef={filters.model} />}
    >
      <VerifyButton />
      <form className={classes.bar} onSubmit={apply} aria-label="Filters">
        <TextField
          id="ledger-model"
          label="Model"
          placeholder="model:default/name"
          variant="outlined"
          size="small"
          margin="normal"
          value={model}
          onChange={event => setModel(event.target.value)}
        />
        <TextField
          id="ledger-type"
          label="Type"
          placeholder="approval.approved"
          variant="outlined"
          size="small"
          margin="normal"
          value={type}
          onChange={event => setType(event.target.value)}
        />
        <ChoiceField
          id="ledger-order"
          label="Order"
          value={order}
          choices={[
            { value: 'newest', label: 'Newest first' },
            { value: 'oldest', label: 'Oldest first' },
          ]}
          onChange={value => setFilters({ order: value })}
        />
        <Button type="submit" variant="outlined">
          Filter
        </Button>
      </form>
      <Loaded query={query} failure="The ledger could not be loaded">
        {page =>
          page.items.length === 0 ? (
            <EmptyHint title="No events" />
          ) : (
            <>
              <EventList
                label="Ledger"
                events={page.items}
                namesModels
                linksRequests
              />
              <Pager
                pages={pages}
                nextCursor={page.nextCursor}
                total={page.totalItems}
              />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
