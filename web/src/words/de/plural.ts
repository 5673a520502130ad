import { plurals } from '../shape';

export const many = plurals('de');
export const minutes = (n: number) => many(n, { one: '# Minute', other: '# Minuten' });
