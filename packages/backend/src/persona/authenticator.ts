import {
  UserEntity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { AuthenticationError, InputError } from '@backstage/errors';
import {
  SignInResolver,
  createProxyAuthenticator,
} from '@backstage/plugin-auth-node';

/**
 * The request header that names whom to sign in as. A custom header cannot be
 * sent by another site without this backend's CORS consent.
 */
export const PERSONA_HEADER = 'x-modelhub-persona';

/** Whom a request asks to be. */
export interface PersonaResult {
  userEntityRef: string;
}

/** Reads the chosen person from {@link PERSONA_HEADER}. */
export const personaAuthenticator = createProxyAuthenticator({
  async defaultProfileTransform({ userEntityRef }: PersonaResult, ctx) {
    const { entity } = await ctx.findCatalogUser({ entityRef: userEntityRef });
    const { profile } = (entity as UserEntity).spec;
    return {
      profile: {
        displayName: profile?.displayName ?? entity.metadata.name,
        email: profile?.email,
        picture: profile?.picture,
      },
    };
  },
  initialize: () => undefined,
  async authenticate({ req }) {
    const header = req.header(PERSONA_HEADER);
    if (!header) {
      throw new AuthenticationError(
        `Nobody was chosen: send the header '${PERSONA_HEADER}' with the entity ref of a user, e.g. user:default/jane`,
      );
    }
    return { result: { userEntityRef: toUserRef(header) } };
  },
});

function toUserRef(header: string): string {
  let ref;
  try {
    ref = parseEntityRef(header, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
  } catch {
    throw new InputError(
      `'${header}' in header '${PERSONA_HEADER}' is not an entity ref; expected e.g. user:default/jane`,
    );
  }
  if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
    throw new InputError(
      `'${header}' in header '${PERSONA_HEADER}' is not a user`,
    );
  }
  return stringifyEntityRef(ref);
}

/** Signs in as the chosen user with the ownership that the catalog knows. */
export const signInAsPersona: SignInResolver<PersonaResult> = (
  { result },
  ctx,
) => ctx.signInWithCatalogUser({ entityRef: result.userEntityRef });
