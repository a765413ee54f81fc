/**
 * Models in a Backstage portal: browse and search them, and read the card on
 * the entity page. For portals on the older frontend system see `./legacy`.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
