import { SignInPage } from '@backstage/core-components';
import {
  SignInPageProps,
  configApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { PersonaSignInPage } from './PersonaSignInPage';

function ConfiguredSignInPage(props: SignInPageProps) {
  const personas = useApi(configApiRef).getOptionalBoolean(
    'auth.providers.persona.enabled',
  );
  return personas ? (
    <PersonaSignInPage {...props} />
  ) : (
    <SignInPage {...props} providers={['guest']} />
  );
}

/** People to choose from in the demo, Backstage's own page otherwise. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: { loader: async () => ConfiguredSignInPage },
    }),
  ],
});
