import { Config } from '@backstage/config';

/**
 * Says why persona sign-in must not run with this configuration.
 *
 * Anybody may become anybody with it, so it is off unless
 * `auth.providers.persona.enabled` is set, and the backend refuses to start
 * when it meets anything that looks like production.
 *
 * @returns `off`, `on`, or the reason to refuse
 */
export function personaMode(
  config: Config,
  nodeEnv: string | undefined,
): 'off' | 'on' | { refusal: string } {
  if (config.getOptionalBoolean('auth.providers.persona.enabled') !== true) {
    return 'off';
  }
  const remedy =
    "Start without app-config.demo.yaml, or set 'auth.providers.persona.enabled' to false, and configure a real sign-in provider.";
  if (nodeEnv === 'production') {
    return {
      refusal: `Persona sign-in lets anybody become anybody and is refused when NODE_ENV is 'production'. ${remedy}`,
    };
  }
  if (config.getOptionalBoolean('modelHub.production') === true) {
    return {
      refusal: `Persona sign-in lets anybody become anybody and is refused together with the production configuration ('modelHub.production'). ${remedy}`,
    };
  }
  return 'on';
}

/** What the log says when persona sign-in is on. */
export const PERSONA_BANNER = [
  '****************************************************************',
  '*  DEMO SIGN-IN IS ON: anybody who reaches this portal can     *',
  '*  become any of its people, without a password.               *',
  '*  Never expose it. It comes from app-config.demo.yaml.        *',
  '****************************************************************',
];
