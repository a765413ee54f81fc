import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import PauseCircleOutlineIcon from '@material-ui/icons/PauseCircleOutline';
import type { UsageSourceState } from '@modelhub/backstage-plugin-models-common';
import {
  type Column,
  DataTable,
  EmptyHint,
  ErrorHint,
  Loaded,
  modelUsageApiRef,
  RelativeTime,
  Section,
  StatusChip,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { countText } from '../lib/money';
import { useUsage } from '../lib/useUsage';

/** How a source is, in a word and a colour. */
function StateOf({ source }: { source: UsageSourceState }) {
  if (!source.isConfigured) {
    return (
      <StatusChip
        icon={PauseCircleOutlineIcon}
        label="Not asked"
        explanation="It is not in the configuration of the portal any more. What it told stays."
      />
    );
  }
  if (source.problem !== undefined) {
    return <StatusChip icon={ErrorIcon} label="Failing" tone="bad" />;
  }
  return source.succeededAt === undefined ? (
    <StatusChip icon={HourglassEmptyIcon} label="Not asked yet" />
  ) : (
    <StatusChip icon={CheckCircleIcon} label="Working" tone="good" />
  );
}

const moment = (at: string | undefined) =>
  at === undefined ? 'Never' : <RelativeTime at={at} />;

/** What else the portal asks for usage, and how that goes. */
export function SourcesSection() {
  const api = useApi(modelUsageApiRef);
  const query = useUsage('sources', (usage, signal) =>
    usage.listUsageSources({ signal }),
  );
  const [asking, setAsking] = useState<string>();
  const { submit, busy, error } = useSubmission<UsageSourceState>();

  const retry = async (id: string) => {
    setAsking(id);
    await submit({ body: { id }, send: body => api.retryUsageSource(body) });
    query.retry();
  };

  const columns: Column<UsageSourceState>[] = [
    {
      header: 'Source',
      render: source => (
        <>
          <code>{source.id}</code>
          {source.problem !== undefined && (
            <Typography variant="body2" component="div">
              {source.problem}
            </Typography>
          )}
        </>
      ),
    },
    { header: 'State', tight: true, render: it => <StateOf source={it} /> },
    {
      header: 'Last answered',
      tight: true,
      render: ({ succeededAt }) => moment(succeededAt),
    },
    { header: 'Last asked', tight: true, render: it => moment(it.askedAt) },
    {
      header: 'Counted up to',
      tight: true,
      render: ({ upTo }) =>
        upTo === undefined ? 'It does not say' : <RelativeTime at={upTo} />,
    },
    {
      header: 'Items',
      numeric: true,
      tight: true,
      render: ({ taken }) => countText(taken),
    },
    {
      header: 'Action',
      tight: true,
      render: ({ id, isConfigured }) =>
        isConfigured && (
          <Button
            size="small"
            disabled={busy}
            aria-label={`Ask ${id} now`}
            onClick={() => retry(id)}
          >
            {busy && asking === id ? 'Asking…' : 'Ask now'}
          </Button>
        ),
    },
  ];

  return (
    <Section
      title="Sources"
      description="What the portal asks for usage beside its own gateways: other gateways, metrics of model servers, bills. Each item counts once, however often it is told."
    >
      {error !== undefined && (
        <ErrorHint title={`${asking} could not be asked`} error={error} />
      )}
      <Loaded
        query={query}
        room="model-usage"
        failure="The sources could not be loaded"
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint
              title="No other source is asked"
              description="Usage comes from the gateways of the hub. LiteLLM and Prometheus are added in the configuration, under modelUsage.sources."
            />
          ) : (
            <DataTable
              label="Sources of usage"
              rows={items}
              rowKey={({ id }) => id}
              columns={columns}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
