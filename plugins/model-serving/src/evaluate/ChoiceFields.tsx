import type {
  EndpointChoice,
  EndpointPreview,
} from '@modelhub/backstage-plugin-models-common';
import { ChoiceField } from '@modelhub/backstage-plugin-models-react';

/** Version, team, access profile and engine; each is chosen already. */
export function ChoiceFields(props: {
  preview: EndpointPreview;
  onChange: (changed: Partial<EndpointChoice>) => void;
}) {
  const { preview, onChange } = props;
  const version = preview.versions.find(
    ({ name }) => name === preview.modelVersion,
  );
  const engine = preview.engines.find(({ id }) => id === preview.engine);
  return (
    <>
      <ChoiceField
        id="evaluate-version"
        label="Version"
        required
        value={preview.modelVersion ?? ''}
        none={preview.modelVersion ? undefined : 'No version can be run'}
        choices={preview.versions.map(({ name, usable, format }) => ({
          value: name,
          label: usable
            ? [name, format].filter(Boolean).join(', ')
            : `${name} (cannot be run)`,
          disabled: !usable,
        }))}
        onChange={modelVersion => onChange({ modelVersion, engine: undefined })}
        helperText={
          version?.reason ??
          preview.versions.find(({ usable }) => !usable)?.reason
        }
      />
      <ChoiceField
        id="evaluate-team"
        label="Team"
        required
        value={preview.team ?? ''}
        none={preview.team ? undefined : 'You are in no team'}
        choices={preview.teams.map(({ entityRef, title }) => ({
          value: entityRef,
          label: title,
        }))}
        onChange={team => onChange({ team })}
        helperText="It counts for the team’s quota, and its members may use it."
      />
      <ChoiceField
        id="evaluate-profile"
        label="Access profile"
        required
        value={preview.profile ?? ''}
        none={preview.profile ? undefined : 'You are in no access profile'}
        choices={preview.profiles.map(({ id, title }) => ({
          value: id,
          label: title,
        }))}
        onChange={profile => onChange({ profile })}
        helperText={`For the purpose ${preview.purpose}.`}
      />
      <ChoiceField
        id="evaluate-engine"
        label="Engine"
        required
        value={preview.engine ?? ''}
        none={preview.engine ? undefined : 'No engine can run it'}
        choices={preview.engines.map(({ id, title, fits, health }) => ({
          value: id,
          label: `${title}${fits ? '' : ' (does not run it)'}${
            health.state === 'away' ? ' (away)' : ''
          }`,
          disabled: !fits,
        }))}
        onChange={id => onChange({ engine: id })}
        helperText={
          engine?.reason ??
          engine?.health.message ??
          (preview.engine
            ? undefined
            : preview.engines.map(({ reason }) => reason).find(Boolean))
        }
      />
    </>
  );
}
