/** Services decide for themselves what they read; only people contribute. */
export const anyone = { allow: ['user' as const, 'service' as const] };
