const bytes = (text: string) => new TextEncoder().encode(text).buffer;

/** Stub one call of the browser's credentials, and leave the others. */
function stubCredentials(stubs: Partial<CredentialsContainer>): void {
  Object.defineProperty(window, 'PublicKeyCredential', {
    configurable: true,
    value: class {},
  });
  Object.defineProperty(navigator, 'credentials', {
    configurable: true,
    value: { ...navigator.credentials, ...stubs },
  });
}

/** An authenticator that makes a passkey, or fails with an error. */
export function stubRegistration(error?: Error): {
  made: CredentialCreationOptions[];
} {
  const made: CredentialCreationOptions[] = [];
  stubCredentials({
    create: async options => {
      made.push(options ?? {});
      if (error) throw error;
      const credential = {
        id: 'credential-2',
        rawId: bytes('credential-2'),
        type: 'public-key',
        response: {
          attestationObject: bytes('attestation'),
          clientDataJSON: bytes('client'),
        },
        getClientExtensionResults: () => ({}),
      };
      return credential;
    },
  });
  return { made };
}

/**
 * An authenticator that confirms everything, or fails with an error. jsdom has
 * none of its own.
 */
export function stubAuthenticator(error?: Error): {
  asked: CredentialRequestOptions[];
} {
  const asked: CredentialRequestOptions[] = [];
  stubCredentials({
    get: async (options = {}) => {
      asked.push(options);
      if (error) throw error;
      const credential = {
        id: 'credential-1',
        rawId: bytes('credential-1'),
        type: 'public-key',
        response: {
          authenticatorData: bytes('data'),
          clientDataJSON: bytes('client'),
          signature: bytes('signature'),
        },
        getClientExtensionResults: () => ({}),
      };
      return credential;
    },
  });
  return { asked };
}
