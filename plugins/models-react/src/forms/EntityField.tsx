import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';

interface Suggestion {
  ref: string;
  name: string;
}

/**
 * One entity of a kind, by name or reference; the catalog proposes while one
 * types. Made for entities that have a `spec.profile`: users and groups.
 *
 * @public
 */
export function EntityField(props: {
  id: string;
  label: string;
  kind: 'user' | 'group';
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  fullWidth?: boolean;
  error?: boolean;
  helperText?: string;
}) {
  const { id, kind, value } = props;
  const catalog = useApiHolder().get(catalogApiRef);
  const [suggestions, setSuggestions] = useState<Suggestion[]>([]);
  useDebounce(
    async () => {
      const term = value.trim();
      if (!catalog || term.length < 2 || term.includes(':')) return;
      const found = await catalog
        .queryEntities({
          filter: { kind },
          fullTextFilter: {
            term,
            fields: ['metadata.name', 'spec.profile.displayName'],
          },
          fields: ['kind', 'metadata', 'spec.profile.displayName'],
          limit: 8,
        })
        // Proposals are a help; a reference can still be typed.
        .catch(() => undefined);
      setSuggestions(
        (found?.items ?? []).map(entity => {
          const profile = entity.spec?.profile as
            | { displayName?: string }
            | undefined;
          return {
            ref: stringifyEntityRef(entity),
            name: profile?.displayName ?? entity.metadata.name,
          };
        }),
      );
    },
    250,
    [catalog, kind, value],
  );
  return (
    <>
      <TextField
        id={id}
        label={props.label}
        placeholder={`${kind}:default/name`}
        required={props.required}
        fullWidth={props.fullWidth}
        error={props.error}
        helperText={props.helperText}
        variant="outlined"
        size="small"
        value={value}
        onChange={event => props.onChange(event.target.value)}
        InputLabelProps={{ shrink: true }}
        inputProps={{ list: `${id}-entities`, autoComplete: 'off' }}
      />
      <datalist id={`${id}-entities`}>
        {suggestions.map(({ ref, name }) => (
          <option key={ref} value={ref}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}
