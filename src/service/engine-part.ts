/** What an editor loads of the engine: built once for each of its halves. */
export { LanguageService } from './language-service.ts';
