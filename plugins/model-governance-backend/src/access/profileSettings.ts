import { InputError } from '@backstage/errors';
import type {
  AgentRules,
  ProfileSettings,
} from '@modelhub/backstage-plugin-models-common';

/** Secrets do not leave with a prompt unless somebody switched that off. */
const DEFAULT_SANITATION: ProfileSettings['sanitation'] = {
  requests: { secrets: 'redact' },
};

/** Of a profile that nobody set anything for: no cache, nothing kept. */
export const DEFAULT_SETTINGS: ProfileSettings = {
  sanitation: DEFAULT_SANITATION,
};

const wrong = (field: string, problem: string) =>
  new InputError(`settings.${field} ${problem}`);

/** A rule after one that matches all the same tools never counts. */
function checkTools({ tools = [] }: AgentRules): void {
  tools.forEach(({ match }, at) => {
    const earlier = tools.findIndex(
      (other, n) =>
        n < at &&
        (other.match === match ||
          (other.match.endsWith('*') &&
            match.startsWith(other.match.slice(0, -1)))),
    );
    if (earlier >= 0) {
      throw wrong(
        `agents.tools[${at}]`,
        `('${match}') never counts, because rule ${earlier} ('${tools[earlier].match}') comes first and matches the same tools. Put it before that one, or remove it.`,
      );
    }
  });
}

/**
 * What the document of the API cannot say about settings.
 *
 * @throws InputError that names the field and what to do
 */
export function checkedSettings(settings: ProfileSettings): ProfileSettings {
  const { agents, contentRetentionDays } = settings;
  const sanitation = settings.sanitation ?? DEFAULT_SANITATION;
  if (agents) checkTools(agents);
  if (contentRetentionDays !== undefined) {
    const { secrets } = sanitation?.requests ?? {};
    if (secrets !== 'redact' && secrets !== 'refuse') {
      throw wrong(
        'contentRetentionDays',
        'keeps what was sent, so secrets must not be in it: set settings.sanitation.requests.secrets to redact or refuse, or leave contentRetentionDays out.',
      );
    }
  }
  const asks =
    agents?.otherTools === 'ask' ||
    agents?.tools?.some(({ action }) => action === 'ask');
  if (agents?.askSeconds !== undefined && !asks) {
    throw wrong(
      'agents.askSeconds',
      'has no effect without a tool rule, or otherTools, that says ask. Add one, or leave askSeconds out.',
    );
  }
  return { ...settings, sanitation };
}
