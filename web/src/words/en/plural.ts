import { plurals } from '../shape';

export const many = plurals('en');
export const minutes = (n: number) => many(n, { one: '# minute', other: '# minutes' });
