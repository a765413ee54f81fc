import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { personaAuthenticator, signInAsPersona } from './authenticator';
import { PERSONA_BANNER, personaMode } from './guard';
import { createPersonaRouter } from './router';

/**
 * The auth provider `persona`: sign in as any of the demo's people by choosing
 * their name. It needs `auth.providers.persona.enabled` and refuses production.
 */
export const authModulePersonaProvider = createBackendModule({
  pluginId: 'auth',
  moduleId: 'persona-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ auth, catalog, config, httpRouter, logger, providers }) {
        const mode = personaMode(config, process.env.NODE_ENV);
        if (mode === 'off') {
          return;
        }
        if (mode !== 'on') {
          throw new Error(mode.refusal);
        }
        PERSONA_BANNER.forEach(line => logger.warn(line));

        providers.registerProvider({
          providerId: 'persona',
          factory: createProxyAuthProviderFactory({
            authenticator: personaAuthenticator,
            signInResolver: signInAsPersona,
          }),
        });
        httpRouter.use(createPersonaRouter({ auth, catalog }));
        httpRouter.addAuthPolicy({
          path: '/persona/people',
          allow: 'unauthenticated',
        });
      },
    });
  },
});
