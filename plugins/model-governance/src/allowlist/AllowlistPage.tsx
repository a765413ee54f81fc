import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type { Grant } from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  Section,
  useUrlFilters,
} from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { GrantTable } from './GrantTable';

const names = ['q'] as const;

/** Every word has to be somewhere in the grant. */
export function matchesGrant(grant: Grant, text: string): boolean {
  const haystack = [
    grant.entityRef,
    grant.gatewayId,
    grant.modelVersion,
    grant.tier,
    grant.purpose,
    grant.profile,
  ]
    .join(' ')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every(word => haystack.includes(word));
}

/** How many rows a browser shows without effort. */
const MOST_ROWS = 200;

/** What every gateway lets through, for reading. */
export function AllowlistPage() {
  const [{ q = '' }, setFilters] = useUrlFilters(names);
  const query = useLive('allowlist', (api, signal) =>
    api.getAllowlist({ signal }),
  );
  return (
    <Section
      title="Allowlist"
      description="What approvals add up to. What is not here is refused by every gateway."
    >
      <TextField
        id="allowlist-search"
        label="Search the allowlist"
        type="search"
        variant="outlined"
        size="small"
        value={q}
        onChange={event => setFilters({ q: event.target.value })}
        style={{ marginBottom: 16, minWidth: 280 }}
      />
      <Loaded query={query} failure="The allowlist could not be loaded">
        {allowlist => {
          const found = allowlist.items.filter(grant => matchesGrant(grant, q));
          if (allowlist.items.length === 0) {
            return (
              <EmptyHint
                title="The allowlist is empty"
                description="No model may be called yet. It fills with approvals."
              />
            );
          }
          if (found.length === 0) {
            return <EmptyHint title={`Nothing fits “${q}”`} />;
          }
          return (
            <>
              <Typography role="status" variant="body2">
                {found.length} of {allowlist.items.length} grants, version{' '}
                {allowlist.version}
                {found.length > MOST_ROWS &&
                  `; the first ${MOST_ROWS} are shown, search to see others`}
              </Typography>
              <GrantTable
                label="Allowlist"
                grants={found.slice(0, MOST_ROWS)}
                withModel
              />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
