/** A word of a command line, quoted where a shell would read it otherwise. */
const word = (text: string) =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** What runs a pack elsewhere and hands its result in, to be copied. */
export function commandsFor(about: {
  packRef: string;
  portalUrl: string;
  gatewayId: string;
  modelVersion: string;
}): { command: string; uploadCommand: string } {
  const { packRef, portalUrl, gatewayId, modelVersion } = about;
  return {
    command: [
      'modelhub evaluate run',
      word(packRef),
      '--portal',
      word(portalUrl),
      '--endpoint "$ENDPOINT"',
      '--model',
      word(`${gatewayId}@${modelVersion}`),
      '--gateway-id',
      word(gatewayId),
      '--output result.json',
    ].join(' '),
    uploadCommand: 'modelhub evidence upload result.json',
  };
}
