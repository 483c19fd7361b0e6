/** What an editor loads when a template first needs it. */
export { builtIn } from './extras.ts';
