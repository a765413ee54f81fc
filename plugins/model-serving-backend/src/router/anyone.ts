/** Services may look at what they have permission for; only people start things. */
export const anyone = { allow: ['user' as const, 'service' as const] };
