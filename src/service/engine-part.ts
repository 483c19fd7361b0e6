/** What an editor loads of the engine: built once for each of its halves. */
export { readYaml } from './coredns-half.ts';
export { LanguageService } from './language-service.ts';
